package dev.muster.server.observe;

import dev.muster.swarm.SwarmsTotals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** An operator's port on loopback, and a tracker behind it that a test can set as it likes. */
final class OperatorFixture implements AutoCloseable {
  static final SwarmsTotals TOTALS = new SwarmsTotals(11, 12, 13, 14, 15, 16, 17, 18, 1900, 20);
  static final Instant START = Instant.parse("2026-11-22T15:00:00Z");

  final DoorMeter udp = new DoorMeter("udp");
  final DoorMeter http = new DoorMeter("http");
  volatile Health health = Health.UP;
  volatile Optional<CertificateFacts> certificate =
      Optional.of(new CertificateFacts(START.plusSeconds(86_400), 3));
  final AtomicInteger totalsTaken = new AtomicInteger();
  volatile Instant now = START;
  final OperatorDoor door;

  OperatorFixture() throws IOException {
    this(Optional.empty(), Set.of(), 64, Duration.ofSeconds(10));
  }

  OperatorFixture(Optional<String> token, Set<String> hosts) throws IOException {
    this(token, hosts, 64, Duration.ofSeconds(10));
  }

  OperatorFixture(int maxConnections, Duration timeout) throws IOException {
    this(Optional.empty(), Set.of(), maxConnections, timeout);
  }

  OperatorFixture(Optional<String> token, Set<String> hosts, int maxConnections, Duration timeout)
      throws IOException {
    door =
        OperatorDoor.open(
            new OperatorSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                token,
                hosts,
                maxConnections,
                timeout),
            observed());
    udp.watch(() -> new ReceiveQueues(8192, 7));
  }

  Observed observed() {
    return new Observed(
        "1.2.3",
        START,
        () -> now,
        List.of(udp, http),
        () -> {
          totalsTaken.incrementAndGet();
          return TOTALS;
        },
        () -> List.of("udp://tracker.example:6969/announce", "http://[::1]:6969/announce?<&>"),
        () -> certificate,
        () -> health);
  }

  /** A GET of this path with a good Host and these further fields, each with its CRLF. */
  static String get(String path, String fields) {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n";
  }

  RawHttp.Answer get(String path) throws IOException {
    return ask(get(path, ""));
  }

  RawHttp.Answer ask(String request) throws IOException {
    return RawHttp.once(door.address(), request);
  }

  RawHttp connect() throws IOException {
    return new RawHttp(door.address());
  }

  @Override
  public void close() {
    door.close();
  }
}
