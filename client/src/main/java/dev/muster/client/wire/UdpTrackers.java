package dev.muster.client.wire;

import dev.muster.client.wire.TrackerFailure.Kind;
import dev.muster.protocol.announce.Announce;
import dev.muster.protocol.announce.AnnounceEvent;
import dev.muster.protocol.id.InfoHash;
import dev.muster.protocol.udp.UdpRequest;
import dev.muster.protocol.udp.UdpResponse;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks trackers over UDP (BEP 15, 41).
 *
 * <p>BEP 15 sends again after 15·2^n seconds; nobody waits that long. Here the first wait is an
 * eighth of what the caller allows, 15 s at most, and each further one double: four sendings within
 * any limit up to two minutes, and BEP 15's own times beyond. All sendings of a request bear one
 * transaction id, so that a late answer to an early one counts.
 */
final class UdpTrackers {
  /** BEP 15: "a client can use a connection id until one minute after it has received it". */
  private static final long CONNECTION_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final Duration LONGEST_FIRST_WAIT = Duration.ofSeconds(15);

  /** Fits into 1,500 bytes over both families; 74, BEP 15's most, does not. */
  private static final int HASHES_PER_PACKET = 70;

  /** Requests under way to one tracker: their answers fit into a socket's buffer. */
  private static final int AT_ONCE = 128;

  private static final int REMEMBERED = 10_000;

  private static final class Known {
    final ReentrantLock connecting = new ReentrantLock();
    final Semaphore free = new Semaphore(AT_ONCE);
    volatile @Nullable Connection connection;
  }

  private record Connection(long id, long until) {}

  @FunctionalInterface
  private interface Request {
    UdpRequest of(long connectionId, int transactionId);
  }

  private final LongSupplier clock;
  private final UdpSockets ipv4;
  private final UdpSockets ipv6;
  private final Map<InetSocketAddress, Known> trackers = new ConcurrentHashMap<>();

  UdpTrackers(LongSupplier clock, UdpSockets ipv4, UdpSockets ipv6) {
    this.clock = clock;
    this.ipv4 = ipv4;
    this.ipv6 = ipv6;
  }

  TrackerAnswer announce(Target target, InetAddress address, AnnounceAsk ask, Deadline deadline)
      throws TrackerFailure, InterruptedException {
    long start = clock.getAsLong();
    UdpResponse response =
        ask(
            new InetSocketAddress(address, target.port()),
            (connectionId, transactionId) -> request(target, ask, connectionId, transactionId),
            deadline);
    if (!(response instanceof UdpResponse.Announced announced)) {
      throw strange(response);
    }
    return new TrackerAnswer(
        Bounds.peers(announced.peers()),
        Bounds.pause(announced.intervalSeconds()),
        Optional.empty(),
        OptionalInt.of(Bounds.count(announced.seeders())),
        OptionalInt.of(Bounds.count(announced.leechers())),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Duration.ofNanos(clock.getAsLong() - start));
  }

  private static UdpRequest request(
      Target target, AnnounceAsk ask, long connectionId, int transactionId) {
    return new UdpRequest.Announce(
        connectionId,
        transactionId,
        ask.swarm(),
        ask.peerId(),
        ask.downloaded(),
        left(ask),
        ask.uploaded(),
        // Number 4 is libtorrent's; Chihaya and aquatic refuse the whole announce for it.
        ask.event() == AnnounceEvent.PAUSED ? AnnounceEvent.NONE : ask.event(),
        0,
        ask.key(),
        ask.numwant(),
        ask.port(),
        urlData(target));
  }

  /** Unknown as libtorrent says it: more than nothing, and within 32 bits. */
  static long left(AnnounceAsk ask) {
    return ask.left() == Announce.UNKNOWN_LEFT ? 16_384 : ask.left();
  }

  /** BEP 41; what says no more than the packet itself is left out. */
  private static String urlData(Target target) {
    String text = target.pathAndQuery();
    return text.equals("/") || text.equals("/announce") ? "" : text;
  }

  Map<InfoHash, ScrapeCounts> scrape(
      Target target, InetAddress address, List<InfoHash> swarms, Deadline deadline)
      throws TrackerFailure, InterruptedException {
    InetSocketAddress tracker = new InetSocketAddress(address, target.port());
    Map<InfoHash, ScrapeCounts> counts = new HashMap<>();
    int at = 0;
    while (at < swarms.size()) {
      List<InfoHash> some = swarms.subList(at, Math.min(at + HASHES_PER_PACKET, swarms.size()));
      UdpResponse response =
          ask(
              tracker,
              (id, transactionId) -> new UdpRequest.Scrape(id, transactionId, some),
              deadline);
      if (!(response instanceof UdpResponse.Scraped scraped)) {
        throw strange(response);
      }
      int answered = Math.min(some.size(), scraped.swarms().size());
      for (int i = 0; i < answered; i++) {
        UdpResponse.Scraped.Swarm swarm = scraped.swarms().get(i);
        counts.put(
            some.get(i),
            new ScrapeCounts(
                Bounds.count(swarm.seeders()),
                Bounds.count(swarm.leechers()),
                Bounds.count(swarm.completed())));
      }
      if (answered == 0) {
        break;
      }
      at += answered; // some trackers answer the first 50 only
    }
    return counts;
  }

  private UdpResponse ask(InetSocketAddress tracker, Request request, Deadline deadline)
      throws TrackerFailure, InterruptedException {
    Known known = known(tracker);
    if (!known.free.tryAcquire(Math.max(0, deadline.nanos()), TimeUnit.NANOSECONDS)) {
      throw silent();
    }
    try {
      Connection old = known.connection;
      Connection connection = connection(tracker, known, deadline);
      UdpResponse response = exchange(tracker, known, connection, request, deadline);
      if (response instanceof UdpResponse.Failed failed
          && connection.equals(old)
          && failed.message().toLowerCase(Locale.ROOT).contains("connection")) {
        forget(known, connection); // it came from another socket, or the tracker began anew
        connection = connection(tracker, known, deadline);
        response = exchange(tracker, known, connection, request, deadline);
      }
      if (response instanceof UdpResponse.Failed failed) {
        throw new TrackerFailure(Kind.REFUSED, Bounds.text(failed.message()));
      }
      return response;
    } finally {
      known.free.release();
    }
  }

  private Known known(InetSocketAddress tracker) {
    if (trackers.size() > REMEMBERED) {
      trackers
          .values()
          .removeIf(k -> k.free.availablePermits() == AT_ONCE && !isGood(k.connection));
    }
    return trackers.computeIfAbsent(tracker, t -> new Known());
  }

  private boolean isGood(@Nullable Connection connection) {
    return connection != null && connection.until - clock.getAsLong() > 0;
  }

  private static synchronized void forget(Known known, Connection connection) {
    if (connection.equals(known.connection)) {
      known.connection = null;
    }
  }

  /** One asks for it, the others wait and share it. */
  private Connection connection(InetSocketAddress tracker, Known known, Deadline deadline)
      throws TrackerFailure, InterruptedException {
    Connection good = known.connection;
    if (good != null && isGood(good)) {
      return good;
    }
    if (!known.connecting.tryLock(Math.max(0, deadline.nanos()), TimeUnit.NANOSECONDS)) {
      throw silent();
    }
    try {
      good = known.connection;
      if (good != null && isGood(good)) {
        return good;
      }
      UdpResponse response =
          exchange(
              tracker,
              known,
              null,
              (id, transactionId) -> new UdpRequest.Connect(transactionId),
              deadline);
      if (response instanceof UdpResponse.Failed failed) {
        throw new TrackerFailure(Kind.REFUSED, Bounds.text(failed.message()));
      }
      if (!(response instanceof UdpResponse.Connected connected)) {
        throw strange(response);
      }
      Connection fresh =
          new Connection(connected.connectionId(), clock.getAsLong() + CONNECTION_NANOS);
      known.connection = fresh;
      return fresh;
    } finally {
      known.connecting.unlock();
    }
  }

  /** Sends until an answer comes. */
  private UdpResponse exchange(
      InetSocketAddress tracker,
      Known known,
      @Nullable Connection connection,
      Request request,
      Deadline deadline)
      throws TrackerFailure, InterruptedException {
    UdpSockets socket = tracker.getAddress() instanceof Inet6Address ? ipv6 : ipv4;
    long wait = Math.min(Math.max(1, deadline.nanos() / 8), LONGEST_FIRST_WAIT.toNanos());
    Connection used = connection;
    try (UdpSockets.Pending pending = socket.begin(tracker)) {
      while (true) {
        long left = deadline.nanos();
        if (left <= 0) {
          throw silent();
        }
        byte[] packet = request.of(used == null ? 0 : used.id, pending.transactionId()).encode();
        UdpSockets.Arrival arrival = pending.ask(packet, Math.min(wait, left));
        if (arrival != null) {
          if (arrival.unsent() != null) {
            throw new TrackerFailure(Kind.UNREACHABLE, "cannot send: " + arrival.unsent());
          }
          return arrival
              .response()
              .orElseThrow(() -> new TrackerFailure(Kind.MALFORMED, "a response cut short"));
        }
        wait *= 2;
        if (used != null && !isGood(used)) {
          forget(known, used); // BEP 15: connect again when the id has run out meanwhile
          used = connection(tracker, known, deadline);
        } else if (used != null && wait >= deadline.nanos()) {
          // Some trackers say nothing to an id they do not know: the last try has a new one.
          forget(known, used);
          used = connection(tracker, known, deadline);
        }
      }
    }
  }

  private static TrackerFailure silent() {
    return new TrackerFailure(Kind.TIMED_OUT, "no answer in time");
  }

  private static TrackerFailure strange(UdpResponse response) {
    return new TrackerFailure(
        Kind.MALFORMED, "not what was asked for: " + response.getClass().getSimpleName());
  }
}
