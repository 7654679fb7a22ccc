package dev.muster.client.wire;

import dev.muster.client.wire.TrackerFailure.Kind;
import dev.muster.protocol.announce.Announce;
import dev.muster.protocol.http.AnnounceQuery;
import dev.muster.protocol.http.QueryWriter;
import dev.muster.protocol.http.TrackerResponse;
import dev.muster.protocol.id.Address;
import dev.muster.protocol.id.InfoHash;
import java.net.InetAddress;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks trackers over HTTP and HTTPS (BEP 3, 7, 23, 24, 31, 48). */
final class HttpTrackers {
  /** As libtorrent. */
  private static final int REDIRECTS = 5;

  /** As Transmission: a request of 4 kB, which every tracker takes. */
  private static final int HASHES_PER_REQUEST = 60;

  /** Connections to one host at once. */
  private static final int AT_ONCE = 16;

  private static final int REMEMBERED = 10_000;

  /** The addresses of a host, of the family that is asked over. */
  @FunctionalInterface
  interface Addresses {
    List<InetAddress> of(String host, Deadline deadline)
        throws TrackerFailure, InterruptedException;
  }

  private final WireSettings settings;
  private final HttpGet get;
  private final Map<String, Semaphore> hosts = new ConcurrentHashMap<>();

  HttpTrackers(WireSettings settings) {
    this.settings = settings;
    get = new HttpGet(settings);
  }

  TrackerAnswer announce(Target target, Addresses addresses, AnnounceAsk ask, Deadline deadline)
      throws TrackerFailure, InterruptedException {
    long start = settings.clock().getAsLong();
    Target asked = target.asking(QueryWriter.announce(query(ask)));
    TrackerResponse.Announced answer =
        switch (TrackerResponse.ofAnnounce(body(asked, addresses, deadline))) {
          case TrackerResponse.Announced announced -> announced;
          case TrackerResponse.Failed failed -> throw refused(failed);
          case TrackerResponse.Malformed malformed -> throw malformed(malformed.fault());
          case TrackerResponse.Scraped scraped -> throw malformed("a scrape");
        };
    if (answer.interval().isEmpty() && answer.peers().isEmpty() && answer.seeders().isEmpty()) {
      throw malformed("the answer has neither interval nor peers");
    }
    return new TrackerAnswer(
        Bounds.peers(answer.peers()),
        pause(answer.interval()).orElse(Bounds.USUAL_INTERVAL),
        pause(answer.minInterval()),
        answer.seeders(),
        answer.leechers(),
        answer.warning().map(Bounds::text),
        answer.trackerId().filter(id -> id.length() <= 1000), // cut, it would be another
        answer.externalIp().filter(ip -> !ip.isUnspecified()).map(Address::toInetAddress),
        Duration.ofNanos(settings.clock().getAsLong() - start));
  }

  private static AnnounceQuery query(AnnounceAsk ask) {
    return new AnnounceQuery(
        ask.swarm(),
        ask.peerId(),
        ask.port(),
        ask.uploaded(),
        ask.downloaded(),
        UdpTrackers.left(ask),
        ask.event(),
        ask.numwant(),
        Integer.toUnsignedLong(ask.key()),
        "",
        "",
        "",
        ask.trackerId() == null ? "" : ask.trackerId(),
        true,
        true,
        false,
        Announce.NO_METADATA);
  }

  Map<InfoHash, ScrapeCounts> scrape(
      Target target, Addresses addresses, List<InfoHash> swarms, Deadline deadline)
      throws TrackerFailure, InterruptedException {
    if (!target.lastSegment().startsWith("announce")) {
      throw new TrackerFailure(
          Kind.UNSUPPORTED, "only a tracker at .../announce can be scraped (BEP 48)");
    }
    int cut = target.path().lastIndexOf('/') + 1;
    Target scrape =
        target.withPath(
            target.path().substring(0, cut) + "scrape" + target.lastSegment().substring(8));
    Map<InfoHash, ScrapeCounts> counts = new HashMap<>();
    for (int at = 0; at < swarms.size(); at += HASHES_PER_REQUEST) {
      List<InfoHash> some = swarms.subList(at, Math.min(at + HASHES_PER_REQUEST, swarms.size()));
      byte[] body = body(scrape.asking(QueryWriter.scrape(some)), addresses, deadline);
      switch (TrackerResponse.ofScrape(body)) {
        case TrackerResponse.Scraped scraped -> {
          for (InfoHash swarm : some) { // and no others, whatever it sends
            TrackerResponse.Counts seen = scraped.swarms().get(swarm);
            if (seen != null) {
              counts.put(
                  swarm, new ScrapeCounts(seen.seeders(), seen.leechers(), seen.downloaded()));
            }
          }
        }
        case TrackerResponse.Failed failed -> throw refused(failed);
        case TrackerResponse.Malformed malformed -> throw malformed(malformed.fault());
        case TrackerResponse.Announced announced -> throw malformed("an announce");
      }
    }
    return counts;
  }

  /** The body of the answer, wherever it lies. */
  private byte[] body(Target first, Addresses addresses, Deadline deadline)
      throws TrackerFailure, InterruptedException {
    Target target = first;
    boolean isPublic = false;
    for (int hop = 0; hop <= REDIRECTS; hop++) {
      List<InetAddress> places = addresses.of(target.host(), deadline);
      isPublic = checked(target, places, isPublic);
      HttpResponse response = get(target, places, deadline);
      String location = response.fields().get("location");
      if (!isRedirect(response.status()) || location == null) {
        return answer(response);
      }
      Target next = redirected(target, location);
      if (target.isSecured() && !next.isSecured()) {
        throw malformed("redirected from https to " + next.scheme());
      }
      target = next;
    }
    throw malformed("redirected more than " + REDIRECTS + " times");
  }

  private static Target redirected(Target from, String location) throws TrackerFailure {
    Target next;
    try {
      next = Target.of(from.uri().resolve(URI.create(location)));
    } catch (IllegalArgumentException | TrackerFailure e) {
      throw malformed("redirected to what is no tracker: " + Bounds.text(location));
    }
    if (!next.isHttp()) {
      throw malformed("redirected to " + next.scheme());
    }
    return next;
  }

  /**
   * Links and trackers are strangers: neither shall make us ask a service of this very host, or
   * lead us from outside into the network we are in. On this host itself only what looks like an
   * announce URL is asked, as in libtorrent.
   *
   * @return whether a public address was among those asked so far
   */
  private static boolean checked(Target target, List<InetAddress> places, boolean wasPublic)
      throws TrackerFailure {
    boolean isPublic = wasPublic;
    for (InetAddress place : places) {
      boolean own = place.isLoopbackAddress() || place.isLinkLocalAddress();
      String segment = target.lastSegment();
      if (own && !segment.startsWith("announce") && !segment.startsWith("scrape")) {
        throw new TrackerFailure(
            Kind.UNSUPPORTED, "on this host only .../announce is asked, not " + target.path());
      }
      boolean inside = Address.of(place).isPrivate();
      if (inside && wasPublic) {
        throw malformed("redirected from a public address to a private one");
      }
      isPublic |= !inside;
    }
    return isPublic;
  }

  private HttpResponse get(Target target, List<InetAddress> places, Deadline deadline)
      throws TrackerFailure, InterruptedException {
    if (hosts.size() > REMEMBERED) {
      hosts.values().removeIf(free -> free.availablePermits() == AT_ONCE);
    }
    Semaphore free =
        hosts.computeIfAbsent(target.host() + ":" + target.port(), h -> new Semaphore(AT_ONCE));
    if (!free.tryAcquire(Math.max(0, deadline.nanos()), TimeUnit.NANOSECONDS)) {
      throw new TrackerFailure(Kind.TIMED_OUT, "too many others wait for " + target.host());
    }
    try {
      return get.of(target, places, deadline);
    } finally {
      free.release();
    }
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  private static byte[] answer(HttpResponse response) throws TrackerFailure {
    if (response.status() == 200) {
      return response.body();
    }
    String says = "HTTP " + response.status();
    if (response.status() == 410) {
      throw new TrackerFailure(Kind.GONE, says);
    }
    if (TrackerResponse.ofAnnounce(response.body()) instanceof TrackerResponse.Failed failed) {
      throw refused(failed); // the reason tells more than the number
    }
    throw new TrackerFailure(Kind.REFUSED, says, retryAfter(response.fields()), false);
  }

  /** Seconds, or a date (RFC 9110 §10.2.3), which is taken by the tracker's own clock. */
  private static @Nullable Duration retryAfter(Map<String, String> fields) {
    String after = fields.getOrDefault("retry-after", "");
    if (after.matches("[0-9]{1,18}")) {
      return Bounds.pause(Long.parseLong(after));
    }
    try {
      DateTimeFormatter form = DateTimeFormatter.RFC_1123_DATE_TIME;
      ZonedDateTime now = ZonedDateTime.parse(fields.getOrDefault("date", ""), form);
      Duration wait = Duration.between(now, ZonedDateTime.parse(after, form));
      return wait.isNegative() ? Duration.ZERO : Bounds.pause(wait.toSeconds());
    } catch (DateTimeException | ArithmeticException e) {
      return null; // not said, then
    }
  }

  private static TrackerFailure refused(TrackerResponse.Failed failed) {
    Duration wait =
        failed.retryMinutes().isPresent()
            ? Bounds.pause(60L * failed.retryMinutes().getAsInt())
            : pause(failed.interval()).orElse(null);
    return new TrackerFailure(Kind.REFUSED, Bounds.text(failed.reason()), wait, failed.never());
  }

  private static Optional<Duration> pause(OptionalInt seconds) {
    return seconds.isPresent() ? Optional.of(Bounds.pause(seconds.getAsInt())) : Optional.empty();
  }

  private static TrackerFailure malformed(String what) {
    return new TrackerFailure(Kind.MALFORMED, what);
  }
}
