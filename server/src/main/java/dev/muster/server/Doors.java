package dev.muster.server;

import dev.muster.server.announce.AnnounceService;
import dev.muster.server.config.Config;
import dev.muster.server.config.UdpIo;
import dev.muster.server.http.HttpDoor;
import dev.muster.server.http.TlsSettings;
import dev.muster.server.observe.DoorMeter;
import dev.muster.server.observe.Observed;
import dev.muster.server.observe.OperatorDoor;
import dev.muster.server.observe.OperatorSettings;
import dev.muster.server.tls.TlsException;
import dev.muster.server.udp.ConnectionIds;
import dev.muster.server.udp.LinuxUdpDoor;
import dev.muster.server.udp.NioUdpDoor;
import dev.muster.server.udp.UdpClocks;
import dev.muster.server.udp.UdpDoor;
import dev.muster.server.udp.UdpSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The doors of a tracker, those that its configuration asks for: opened one by one, closed all at
 * once. What cannot be opened is said in one line; whoever opens closes what is open then.
 */
final class Doors implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Doors.class);
  private static final long NANOS = 1_000_000_000;

  /** Leaves the rest of two seconds to the end of the process. */
  private static final Duration CLOSE_LIMIT = Duration.ofMillis(1700);

  private final Config config;
  private final AnnounceService service;
  private final LongSupplier nanos;
  private final SplittableRandom random;
  private final DoorMeter udpMeter = new DoorMeter("udp");
  private final DoorMeter httpMeter = new DoorMeter("http");
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private @Nullable HttpDoor httpDoor;
  private List<InetSocketAddress> http = List.of();
  private List<InetSocketAddress> https = List.of();
  private List<InetSocketAddress> udp = List.of();
  private Optional<InetSocketAddress> operator = Optional.empty();

  /**
   * @param service what answers behind all of them
   * @param nanos a clock that never runs backwards, the swarms' own
   * @param random this object's own from now on
   */
  Doors(Config config, AnnounceService service, LongSupplier nanos, SplittableRandom random) {
    this.config = config;
    this.service = service;
    this.nanos = nanos;
    this.random = random;
  }

  /** What counts at the doors for peers, open or not. */
  List<DoorMeter> meters() {
    return List.of(httpMeter, udpMeter);
  }

  void openUdp(Supplier<ConnectionIds> ids) throws StartException {
    List<InetSocketAddress> listen = Listening.resolve("udp.listen", config.udp().listen());
    if (listen.isEmpty()) {
      return;
    }
    try {
      UdpDoor door = udpDoor(Settings.udp(config.udp(), listen), ids.get());
      door.start();
      opened.push(door);
      udp = door.addresses();
    } catch (IOException e) {
      throw Listening.failure("udp", listen, e);
    }
  }

  private UdpDoor udpDoor(UdpSettings settings, ConnectionIds ids) throws IOException {
    UdpIo io = config.udp().io();
    boolean batched = io != UdpIo.PORTABLE && LinuxUdpDoor.isAvailable();
    if (io == UdpIo.BATCHED && !batched) {
      throw new IOException(
          "`udp.io` is \"batched\", which this machine does not have or does not allow");
    }
    LongSupplier seconds = () -> nanos.getAsLong() / NANOS;
    UdpClocks clocks = new UdpClocks(seconds, nanos, InstantSource.system());
    return batched
        ? new LinuxUdpDoor(settings, service, ids, udpMeter, clocks, random.split())
        : new NioUdpDoor(settings, service, ids, udpMeter, clocks, random.split());
  }

  /** Opens the door for HTTP, where it listens without TLS. */
  void openHttp(Optional<TlsSettings> tls) throws StartException {
    List<InetSocketAddress> listen = Listening.resolve("http.listen", config.http().listen());
    if (listen.isEmpty() && tls.isEmpty()) {
      return;
    }
    try {
      HttpDoor door =
          HttpDoor.open(
              Settings.http(config.http(), listen, tls), service, httpMeter, nanos, random.split());
      opened.push(door);
      httpDoor = door;
      http = door.addresses();
    } catch (IOException e) {
      throw Listening.failure("http", listen, e);
    }
  }

  /** Opens the door for HTTP, which must be open, where it listens with TLS; waits for that. */
  void openHttps(TlsSettings tls) throws StartException {
    if (httpDoor == null) {
      throw new IllegalStateException("HTTPS is a part of HTTP's door, which is not open");
    }
    try {
      httpDoor.listenWithTls();
      https = httpDoor.tlsAddresses();
    } catch (TlsException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw Listening.failure("https", tls.listen(), e);
    }
  }

  /**
   * Opens the operator's port.
   *
   * @param token that callers must show, by where it listens
   */
  void openOperator(Observed observed, OperatorToken token) throws StartException {
    List<InetSocketAddress> listen =
        Listening.resolve("admin.listen", config.admin().listen().stream().toList());
    if (listen.isEmpty()) {
      return;
    }
    InetSocketAddress address = listen.getFirst();
    OperatorSettings settings =
        new OperatorSettings(
            address,
            token.of(address.getAddress().isLoopbackAddress()),
            Set.copyOf(config.admin().hosts()),
            OperatorSettings.DEFAULT_MAX_CONNECTIONS,
            OperatorSettings.DEFAULT_TIMEOUT);
    try {
      OperatorDoor door = OperatorDoor.open(settings, observed);
      opened.push(door);
      operator = Optional.of(door.address());
    } catch (IOException e) {
      throw Listening.failure("operator", List.of(address), e);
    }
  }

  /** The token of the operator's port. */
  interface OperatorToken {
    Optional<String> of(boolean loopback);
  }

  /** Where HTTP is answered without TLS; empty if it is not. */
  List<InetSocketAddress> http() {
    return http;
  }

  /** Where HTTP is answered with TLS; empty if it is not. */
  List<InetSocketAddress> https() {
    return https;
  }

  /** Where UDP is answered; empty if it is not. */
  List<InetSocketAddress> udp() {
    return udp;
  }

  /** Where the operator's port is, if it is open. */
  Optional<InetSocketAddress> operator() {
    return operator;
  }

  /** Answers what is in flight and closes everything, all at once, within two seconds. */
  @Override
  public void close() {
    List<Thread> closers = opened.stream().map(Doors::closer).toList();
    opened.clear();
    long deadline = System.nanoTime() + CLOSE_LIMIT.toNanos();
    try {
      for (Thread each : closers) {
        each.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread closer(AutoCloseable door) {
    return Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            door.close();
          } catch (Exception e) {
            log.warn("not closed in order: {}", e.toString());
          }
        });
  }
}
