package dev.muster.protocol.metainfo;

import dev.muster.protocol.id.InfoHash;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A magnet link (BEP 9, 53): the hash of the content, and perhaps its name, trackers, web seeds and
 * peers. All parameters are kept as they stand and in their order, unknown ones too, so that {@link
 * #toString()} of a link that was read says what was read.
 *
 * <p>Every {@code tr} is a tier of its own, as in libtorrent. Immutable.
 */
public final class MagnetLink implements Link {
  /** Characters of the longest link that is read. */
  public static final int LONGEST = 65_536;

  private static final int MOST_PARAMETERS = 2_000;
  private static final String SCHEME = "magnet:";

  private final List<MagnetParameter> parameters;
  private final Optional<InfoHash> v1;
  private final Optional<InfoHashV2> v2;
  private final Optional<String> name;
  private final OptionalLong length;
  private final List<List<URI>> trackers;
  private final List<URI> webSeeds;
  private final List<PeerAddress> peers;
  private final List<FileRange> selected;
  private final List<String> remarks;

  private MagnetLink(List<MagnetParameter> parameters) throws LinkException {
    this.parameters = List.copyOf(parameters);
    var reader = new MagnetReader();
    reader.read(this.parameters);
    this.v1 = reader.v1;
    this.v2 = reader.v2;
    this.name = reader.name;
    this.length = reader.length;
    this.trackers = reader.trackers.stream().map(List::of).toList();
    this.webSeeds = List.copyOf(reader.webSeeds);
    this.peers = List.copyOf(reader.peers);
    this.selected = List.copyOf(reader.selected);
    this.remarks = List.copyOf(reader.remarks);
  }

  /**
   * Reads a link. White space around it does not matter, nor does the case of {@code magnet:} and
   * of names.
   *
   * @throws LinkException if it is no magnet link, names no BitTorrent hash or a wrong one, or is
   *     longer than {@value #LONGEST} characters
   */
  public static MagnetLink parse(String text) throws LinkException {
    if (text.length() > LONGEST) {
      throw new LinkException(
          "a magnet link has up to " + LONGEST + " characters, length=" + text.length());
    }
    String link = text.strip();
    if (!link.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new LinkException(
          "a magnet link begins with magnet:?, not " + LinkException.shown(link));
    }
    int query = SCHEME.length();
    while (query < link.length() && "?/".indexOf(link.charAt(query)) >= 0) {
      query++; // Some write magnet:// or leave the question mark out.
    }
    String[] parts = link.substring(query).split("&", MOST_PARAMETERS + 1);
    if (parts.length > MOST_PARAMETERS) {
      throw new LinkException("a magnet link has up to " + MOST_PARAMETERS + " parameters");
    }
    List<MagnetParameter> parameters = new ArrayList<>(parts.length);
    for (String each : parts) {
      if (!each.isEmpty()) {
        int equals = each.indexOf('=');
        parameters.add(
            equals < 0
                ? new MagnetParameter(each, "")
                : new MagnetParameter(each.substring(0, equals), each.substring(equals + 1)));
      }
    }
    return new MagnetLink(parameters);
  }

  /**
   * The link of these parameters.
   *
   * @throws LinkException if they name no BitTorrent hash, or a wrong one
   */
  public static MagnetLink of(List<MagnetParameter> parameters) throws LinkException {
    return new MagnetLink(parameters);
  }

  /**
   * The link to what a torrent file describes: its hashes, name, length, trackers and web seeds.
   * That the torrent is private gets lost: a magnet link cannot say so.
   */
  public static MagnetLink of(TorrentFile torrent) {
    List<MagnetParameter> parameters = new ArrayList<>();
    torrent.v1().ifPresent(hash -> parameters.add(new MagnetParameter("xt", "urn:btih:" + hash)));
    torrent
        .v2()
        .ifPresent(hash -> parameters.add(new MagnetParameter("xt", "urn:btmh:1220" + hash)));
    parameters.add(MagnetParameter.of("dn", torrent.contentName()));
    parameters.add(MagnetParameter.of("xl", Long.toString(torrent.length())));
    torrent.trackers().stream()
        .flatMap(List::stream)
        .forEach(tracker -> parameters.add(encoded("tr", tracker)));
    torrent.webSeeds().forEach(seed -> parameters.add(encoded("ws", seed)));
    try {
      return new MagnetLink(parameters);
    } catch (LinkException e) {
      throw new AssertionError(e); // It has a hash, and a right one.
    }
  }

  private static MagnetParameter encoded(String name, URI url) {
    return new MagnetParameter(name, Urls.encode(url.toString(), ""));
  }

  /** The same link with these trackers after its own. */
  public MagnetLink withTrackers(List<URI> more) {
    try {
      return new MagnetLink(
          Stream.concat(parameters.stream(), more.stream().map(url -> encoded("tr", url)))
              .toList());
    } catch (LinkException e) {
      throw new AssertionError(e); // It was right before, and trackers make no error.
    }
  }

  /** The hash of the content as a version 1 torrent. */
  public Optional<InfoHash> v1() {
    return v1;
  }

  /** The hash of the content as a version 2 torrent. */
  public Optional<InfoHashV2> v2() {
    return v2;
  }

  @Override
  public List<InfoHash> swarms() {
    return Stream.concat(v1.stream(), v2.map(InfoHashV2::truncated).stream()).distinct().toList();
  }

  @Override
  public Optional<String> name() {
    return name;
  }

  /** Bytes of the content ({@code xl}), if the link says. */
  public OptionalLong length() {
    return length;
  }

  @Override
  public List<List<URI>> trackers() {
    return trackers;
  }

  /** Where the content lies on web servers ({@code ws}, BEP 19). */
  public List<URI> webSeeds() {
    return webSeeds;
  }

  /** False: only the torrent file can say that, and this is none. */
  @Override
  public boolean isPrivate() {
    return false;
  }

  @Override
  public List<PeerAddress> peers() {
    return peers;
  }

  /** Which files to download ({@code so}, BEP 53); empty means all. */
  public List<FileRange> selected() {
    return selected;
  }

  /** All parameters, as they stand and in their order. */
  public List<MagnetParameter> parameters() {
    return parameters;
  }

  /** What was not understood and left out, a sentence each. */
  public List<String> remarks() {
    return remarks;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MagnetLink link && parameters.equals(link.parameters);
  }

  @Override
  public int hashCode() {
    return parameters.hashCode();
  }

  /** The link. */
  @Override
  public String toString() {
    return parameters.stream()
        .map(MagnetParameter::toString)
        .collect(Collectors.joining("&", "magnet:?", ""));
  }
}
