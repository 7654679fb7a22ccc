package dev.muster.cli;

import dev.muster.protocol.id.InfoHash;
import dev.muster.protocol.metainfo.ContentFile;
import dev.muster.protocol.metainfo.FileRange;
import dev.muster.protocol.metainfo.InfoHashV2;
import dev.muster.protocol.metainfo.Link;
import dev.muster.protocol.metainfo.MagnetLink;
import dev.muster.protocol.metainfo.TorrentFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Shows a link: to a person, one thing a line, or to a program, as one JSON object. */
final class LinkPrinter {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int WORD_WIDTH = 12;

  private final PrintWriter out;

  LinkPrinter(PrintWriter out) {
    this.out = out;
  }

  void show(TorrentFile torrent) {
    head(torrent, torrent.v1(), torrent.v2());
    line("length", torrent.length() + " bytes");
    line("pieces", torrent.pieceLength() + " bytes each");
    trackers(torrent);
    torrent.webSeeds().forEach(seed -> line("web seed", seed.toString()));
    torrent.comment().ifPresent(comment -> line("comment", comment));
    torrent.createdBy().ifPresent(by -> line("created by", by));
    torrent.creationDate().ifPresent(seconds -> line("created", date(seconds)));
    torrent.files().stream()
        .filter(file -> !file.isPadding())
        .forEach(file -> line("file", file.length() + "  " + String.join("/", file.path())));
    torrent.remarks().forEach(remark -> line("remark", remark));
    out.flush();
  }

  void show(MagnetLink link) {
    head(link, link.v1(), link.v2());
    link.length().ifPresent(length -> line("length", length + " bytes"));
    trackers(link);
    link.webSeeds().forEach(seed -> line("web seed", seed.toString()));
    link.peers().forEach(peer -> line("peer", peer.host() + " port " + peer.port()));
    link.selected().forEach(range -> line("files", range.toString()));
    link.remarks().forEach(remark -> line("remark", remark));
    out.flush();
  }

  private void head(Link link, Optional<InfoHash> v1, Optional<InfoHashV2> v2) {
    link.name().ifPresent(name -> line("name", name));
    v1.ifPresent(hash -> line("v1 hash", hash.toString()));
    v2.ifPresent(hash -> line("v2 hash", hash.toString()));
    if (link.isPrivate()) {
      line("private", "yes");
    }
  }

  private void trackers(Link link) {
    for (int tier = 0; tier < link.trackers().size(); tier++) {
      for (URI tracker : link.trackers().get(tier)) {
        line("tier " + (tier + 1), tracker.toString());
      }
    }
  }

  private void line(String word, String value) {
    out.println(word + " ".repeat(Math.max(1, WORD_WIDTH - word.length())) + plain(value));
  }

  /** A stranger's text, with nothing in it that would move the cursor or colour the terminal. */
  static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints()
        .map(
            c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? 0xfffd : c)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }

  private static String date(long seconds) {
    try {
      return Instant.ofEpochSecond(seconds).toString();
    } catch (DateTimeException e) {
      return seconds + " s after 1970";
    }
  }

  void json(TorrentFile torrent) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      head(json, torrent, torrent.v1(), torrent.v2());
      json.writeNumberProperty("length", torrent.length());
      json.writeNumberProperty("piece_length", torrent.pieceLength());
      urls(json, "web_seeds", torrent.webSeeds());
      torrent.comment().ifPresent(comment -> json.writeStringProperty("comment", comment));
      torrent.createdBy().ifPresent(by -> json.writeStringProperty("created_by", by));
      torrent
          .creationDate()
          .ifPresent(seconds -> json.writeNumberProperty("creation_date", seconds));
      json.writeArrayPropertyStart("files");
      for (ContentFile file : torrent.files()) {
        if (!file.isPadding()) {
          json.writeStartObject();
          strings(json, "path", file.path());
          json.writeNumberProperty("length", file.length());
          json.writeEndObject();
        }
      }
      json.writeEndArray();
      strings(json, "remarks", torrent.remarks());
      json.writeEndObject();
    }
    out.println(text);
  }

  void json(MagnetLink link) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      head(json, link, link.v1(), link.v2());
      link.length().ifPresent(length -> json.writeNumberProperty("length", length));
      urls(json, "web_seeds", link.webSeeds());
      json.writeArrayPropertyStart("peers");
      link.peers()
          .forEach(peer -> {
            json.writeStartObject();
            json.writeStringProperty("host", peer.host());
            json.writeNumberProperty("port", peer.port());
            json.writeEndObject();
          });
      json.writeEndArray();
      strings(json, "selected", link.selected().stream().map(FileRange::toString).toList());
      strings(json, "remarks", link.remarks());
      json.writeEndObject();
    }
    out.println(text);
  }

  private static void head(
      JsonGenerator json, Link link, Optional<InfoHash> v1, Optional<InfoHashV2> v2) {
    json.writeStartObject();
    link.name().ifPresent(name -> json.writeStringProperty("name", name));
    v1.ifPresent(hash -> json.writeStringProperty("v1", hash.toString()));
    v2.ifPresent(hash -> json.writeStringProperty("v2", hash.toString()));
    strings(json, "swarms", link.swarms().stream().map(InfoHash::toString).toList());
    json.writeBooleanProperty("private", link.isPrivate());
    json.writeArrayPropertyStart("trackers");
    for (List<URI> tier : link.trackers()) {
      json.writeStartArray();
      tier.forEach(tracker -> json.writeString(tracker.toString()));
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static void urls(JsonGenerator json, String key, List<URI> urls) {
    strings(json, key, urls.stream().map(URI::toString).toList());
  }

  private static void strings(JsonGenerator json, String key, List<String> values) {
    json.writeArrayPropertyStart(key);
    values.forEach(json::writeString);
    json.writeEndArray();
  }
}
