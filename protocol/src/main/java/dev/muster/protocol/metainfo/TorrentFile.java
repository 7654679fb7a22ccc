package dev.muster.protocol.metainfo;

import dev.muster.protocol.bencode.BDictionary;
import dev.muster.protocol.bencode.BInteger;
import dev.muster.protocol.bencode.BList;
import dev.muster.protocol.bencode.BString;
import dev.muster.protocol.bencode.BValue;
import dev.muster.protocol.bencode.BencodeException;
import dev.muster.protocol.bencode.BencodeReader;
import dev.muster.protocol.bencode.BencodeWriter;
import dev.muster.protocol.bencode.Span;
import dev.muster.protocol.id.InfoHash;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A torrent file (BEP 3, 12, 19, 27, 47, 52): version 1, version 2, or both at once. Info hashes
 * are those of the original bytes of {@code info}, which are kept as they are; so are keys that
 * nobody here knows. Immutable.
 */
public final class TorrentFile implements Link {
  /** A hostile torrent may hold a million things to remark upon. */
  private static final int MOST_REMARKS = 20;

  private final byte[] info;

  /** The root dictionary, without {@code info}. */
  private final Map<BString, BValue> outside;

  private final InfoReader content;
  private final Optional<InfoHash> v1;
  private final Optional<InfoHashV2> v2;
  private final List<List<URI>> trackers;
  private final List<URI> webSeeds;
  private final List<String> remarks;

  private TorrentFile(
      byte[] info,
      BDictionary infoRead,
      Map<BString, BValue> outside,
      int mostFiles,
      List<String> remarks)
      throws LinkException {
    this.info = info;
    this.outside = outside;
    this.content = new InfoReader(infoRead, mostFiles, remarks);
    this.v1 =
        content.isV1 ? Optional.of(InfoHash.of(Hashes.sha1().digest(info))) : Optional.empty();
    this.v2 =
        content.isV2 ? Optional.of(InfoHashV2.of(Hashes.sha256().digest(info))) : Optional.empty();
    if (content.isV2) {
      BValue layers = outside.get(BString.of("piece layers"));
      PieceLayers.check(
          layers instanceof BDictionary found ? found : BDictionary.of(Map.of()),
          content.files,
          content.pieceLength);
    }
    this.trackers = readTrackers(outside, remarks);
    this.webSeeds = readWebSeeds(outside, remarks);
    this.remarks = List.copyOf(remarks);
  }

  /**
   * Reads a torrent file within the {@linkplain TorrentLimits#DEFAULT usual limits}.
   *
   * @throws LinkException if it is none, contradicts itself, would write outside of its directory,
   *     or is too large
   */
  public static TorrentFile parse(byte[] bytes) throws LinkException {
    return parse(bytes, TorrentLimits.DEFAULT);
  }

  /**
   * Reads a torrent file.
   *
   * @param bytes all of it; not kept
   * @throws LinkException if it is none, contradicts itself, would write outside of its directory,
   *     or is over the limits
   */
  public static TorrentFile parse(byte[] bytes, TorrentLimits limits) throws LinkException {
    if (bytes.length > limits.bytes()) {
      throw new LinkException(
          "a torrent of more than " + limits.bytes() + " bytes, length=" + bytes.length);
    }
    BDictionary root = dictionary(bytes, limits);
    List<String> remarks = new ArrayList<>();
    if (root.span().end() < bytes.length) {
      remarks.add(bytes.length - root.span().end() + " bytes follow after the torrent");
    }
    if (!(root.get("info").orElse(null) instanceof BDictionary info)) {
      throw new LinkException("no dictionary info in the torrent");
    }
    Map<BString, BValue> outside = root.sorted();
    outside.remove(BString.of("info"));
    Span span = info.span();
    byte[] original = Arrays.copyOfRange(bytes, span.start(), span.end());
    return new TorrentFile(original, info, outside, limits.files(), remarks);
  }

  private static BDictionary dictionary(byte[] bytes, TorrentLimits limits) throws LinkException {
    try {
      // Not strictly: what clients take, this takes. The hash is that of the bytes as they stand.
      BValue value = BencodeReader.lenientPrefix(bytes, 0, bytes.length, limits.bencode());
      if (value instanceof BDictionary root) {
        return root;
      }
    } catch (BencodeException e) {
      throw new LinkException("not a torrent file: " + e.getMessage());
    }
    throw new LinkException("not a torrent file: it is no dictionary");
  }

  private static List<List<URI>> readTrackers(Map<BString, BValue> outside, List<String> remarks) {
    List<List<URI>> tiers = new ArrayList<>();
    Set<URI> seen = new LinkedHashSet<>();
    if (outside.get(BString.of("announce-list")) instanceof BList list) {
      for (BValue each : list.values()) {
        // A string where a tier should be is one of its own.
        List<BValue> urls = each instanceof BList tier ? tier.values() : List.of(each);
        List<URI> tier = urls(urls, "tracker", remarks).filter(seen::add).toList();
        if (!tier.isEmpty()) {
          tiers.add(tier);
        }
      }
    }
    if (tiers.isEmpty() && outside.get(BString.of("announce")) instanceof BString announce) {
      urls(List.of(announce), "tracker", remarks).map(List::of).forEach(tiers::add);
    }
    return List.copyOf(tiers);
  }

  private static List<URI> readWebSeeds(Map<BString, BValue> outside, List<String> remarks) {
    BValue given = outside.get(BString.of("url-list"));
    List<BValue> urls =
        given instanceof BList list
            ? list.values()
            : given instanceof BString url && url.length() > 0 ? List.of(url) : List.of();
    return urls(urls, "web seed", remarks).distinct().toList();
  }

  private static Stream<URI> urls(List<BValue> values, String what, List<String> remarks) {
    List<URI> urls = new ArrayList<>();
    for (BValue value : values) {
      Optional<URI> url =
          value instanceof BString text && text.length() <= Urls.LONGEST
              ? Urls.read(text.utf8())
              : Optional.empty();
      url.ifPresentOrElse(
          urls::add,
          () -> {
            if (remarks.size() < MOST_REMARKS) {
              String text =
                  value instanceof BString string
                      ? string.utf8()
                      : value.getClass().getSimpleName();
              remarks.add("not the URL of a " + what + ": " + LinkException.shown(text));
            }
          });
    }
    return urls.stream();
  }

  /** The SHA-1 of {@code info}, if this is a version 1 torrent or a hybrid. */
  public Optional<InfoHash> v1() {
    return v1;
  }

  /** The SHA-256 of {@code info}, if this is a version 2 torrent or a hybrid. */
  public Optional<InfoHashV2> v2() {
    return v2;
  }

  @Override
  public List<InfoHash> swarms() {
    return Stream.concat(v1.stream(), v2.map(InfoHashV2::truncated).stream()).distinct().toList();
  }

  @Override
  public Optional<String> name() {
    return Optional.of(content.name);
  }

  /** {@link #name()}, which every torrent file has; safe as the name of a file. */
  public String contentName() {
    return content.name;
  }

  @Override
  public List<List<URI>> trackers() {
    return trackers;
  }

  @Override
  public boolean isPrivate() {
    return content.isPrivate;
  }

  /** None: a torrent file names no peers. */
  @Override
  public List<PeerAddress> peers() {
    return List.of();
  }

  /** Where the content lies on web servers ({@code url-list}, BEP 19). */
  public List<URI> webSeeds() {
    return webSeeds;
  }

  /** The files in their order; padding (BEP 47) is among them. */
  public List<ContentFile> files() {
    return content.files;
  }

  /** Whether it is a file, not a directory, that is shared. */
  public boolean isOneFile() {
    return content.isOneFile;
  }

  /** Bytes of all files, padding left out. */
  public long length() {
    return content.files.stream()
        .filter(file -> !file.isPadding())
        .mapToLong(ContentFile::length)
        .sum();
  }

  /** Bytes of a piece. */
  public int pieceLength() {
    return (int) content.pieceLength;
  }

  /** What its maker has to say. */
  public Optional<String> comment() {
    return text("comment");
  }

  /** The program that made it. */
  public Optional<String> createdBy() {
    return text("created by");
  }

  /** When it was made, in seconds since 1970. */
  public OptionalLong creationDate() {
    return outside.get(BString.of("creation date")) instanceof BInteger seconds
        ? OptionalLong.of(seconds.clamped())
        : OptionalLong.empty();
  }

  /** What was not understood and left out, or should be known, a sentence each. */
  public List<String> remarks() {
    return remarks;
  }

  /** A copy of the original bytes of {@code info}. */
  public byte[] info() {
    return info.clone();
  }

  private Optional<String> text(String key) {
    BValue value = outside.get(BString.of(key + ".utf-8"));
    value = value instanceof BString ? value : outside.get(BString.of(key));
    return value instanceof BString text ? Optional.of(text.utf8()) : Optional.empty();
  }

  /**
   * The same torrent with these trackers instead of its own; its hashes stay.
   *
   * @param tiers empty for none at all
   */
  public TorrentFile withTrackers(List<List<URI>> tiers) {
    Map<BString, BValue> changed = new java.util.TreeMap<>(outside);
    changed.remove(BString.of("announce"));
    changed.remove(BString.of("announce-list"));
    changed.putAll(Trackers.write(tiers));
    try {
      return parse(
          write(info, changed),
          new TorrentLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, 512, Integer.MAX_VALUE));
    } catch (LinkException e) {
      throw new AssertionError(e); // It was right before.
    }
  }

  /**
   * The torrent file: canonical bencoding, but for {@code info}, whose bytes are the original ones.
   */
  public byte[] toByteArray() {
    return write(info, outside);
  }

  /** Writes a torrent file from its {@code info} and what stands beside it. */
  static byte[] write(byte[] info, Map<BString, BValue> outside) {
    var writer = new BencodeWriter(info.length + 4096).dictionary();
    BString infoKey = BString.of("info");
    boolean written = false;
    for (Map.Entry<BString, BValue> entry : outside.entrySet()) {
      if (!written && entry.getKey().compareTo(infoKey) > 0) {
        writer.key(infoKey.bytes()).encoded(info, 0, info.length);
        written = true;
      }
      writer.key(entry.getKey().bytes()).value(entry.getValue());
    }
    if (!written) {
      writer.key(infoKey.bytes()).encoded(info, 0, info.length);
    }
    return writer.end().toByteArray();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TorrentFile torrent
        && Arrays.equals(info, torrent.info)
        && outside.equals(torrent.outside);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(info) + outside.hashCode();
  }

  /** Its name and its hashes, for messages. */
  @Override
  public String toString() {
    return "torrent " + LinkException.shown(content.name) + " " + swarms();
  }
}
