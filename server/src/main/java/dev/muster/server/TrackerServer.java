package dev.muster.server;

import dev.muster.protocol.id.Address;
import dev.muster.server.announce.AnnouncePolicy;
import dev.muster.server.announce.AnnounceService;
import dev.muster.server.config.ByteSize;
import dev.muster.server.config.Config;
import dev.muster.server.config.Secret;
import dev.muster.server.config.UdpIo;
import dev.muster.server.http.AddressSource;
import dev.muster.server.http.HttpDoor;
import dev.muster.server.http.HttpSettings;
import dev.muster.server.http.TlsSettings;
import dev.muster.server.observe.DoorMeter;
import dev.muster.server.observe.FaultLog;
import dev.muster.server.observe.Observed;
import dev.muster.server.observe.OperatorDoor;
import dev.muster.server.observe.OperatorSettings;
import dev.muster.server.tls.TlsException;
import dev.muster.server.tls.TlsFiles;
import dev.muster.server.tls.TlsOpening;
import dev.muster.server.udp.ConnectionIds;
import dev.muster.server.udp.LinuxUdpDoor;
import dev.muster.server.udp.NioUdpDoor;
import dev.muster.server.udp.UdpClocks;
import dev.muster.server.udp.UdpDoor;
import dev.muster.server.udp.UdpSettings;
import dev.muster.swarm.Swarms;
import dev.muster.swarm.SwarmsConfig;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tracker that answers: from {@link #start} to {@link #close}. May be used from any thread; close
 * once.
 */
public final class TrackerServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TrackerServer.class);
  private static final long NANOS = 1_000_000_000;
  private static final int TOKEN_BYTES = 24;

  /** Leaves the rest of two seconds to the end of the process. */
  private static final Duration CLOSE_LIMIT = Duration.ofMillis(1700);

  private final Config config;
  private volatile boolean closing;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final SecureRandom random = new SecureRandom();
  private final StateDirectory state;
  private final LongSupplier nanos;
  private final LongSupplier seconds;
  private final Swarms swarms;
  private final AnnounceService service;
  private List<InetSocketAddress> httpAddresses = List.of();
  private List<InetSocketAddress> httpsAddresses = List.of();
  private List<InetSocketAddress> udpAddresses = List.of();
  private Optional<InetSocketAddress> adminAddress = Optional.empty();
  private Optional<String> adminTokenHint = Optional.empty();
  private volatile List<String> announceUrls = List.of();
  private final AnnounceUrls urls;

  private TrackerServer(Config config) {
    this.config = config;
    long start = System.nanoTime();
    this.nanos = () -> System.nanoTime() - start;
    this.seconds = () -> nanos.getAsLong() / NANOS;
    this.state = new StateDirectory(stateDirectory(config), random);
    this.swarms = Swarms.inMemory(swarmsConfig(config, random.nextLong()));
    this.service = new AnnounceService(swarms, policy(config));
    this.urls = new AnnounceUrls(config.announce().externalIp(), AnnounceUrls.ofThisMachine());
    startSweeper();
  }

  /**
   * Loads in the background what takes longest, Netty and the way to the C library; called before
   * the configuration is read it brings the first answers forward by a quarter.
   */
  public static void warmUp() {
    NettyProperties.set();
    inBackground("muster-warm-up-udp", LinuxUdpDoor::isAvailable);
    inBackground(
        "muster-warm-up-http",
        () -> {
          if (Epoll.isAvailable()) {
            new ServerBootstrap().channel(EpollServerSocketChannel.class);
          }
          ByteBufAllocator.DEFAULT.buffer().release();
        });
  }

  private static void inBackground(String name, Runnable work) {
    Thread.ofPlatform().daemon().name(name).start(work);
  }

  /**
   * Starts a tracker; when this returns every door answers.
   *
   * @param version of the program, for the operator's page
   * @throws StartException if it cannot; then nothing stays open
   */
  public static TrackerServer start(Config config, String version) throws StartException {
    Optional<TlsSettings> tls = tls(config.tls()); // first: it goes on while the others open
    TrackerServer server = new TrackerServer(config);
    try {
      server.open(version, tls);
      return server;
    } catch (StartException | RuntimeException e) {
      server.closeAll();
      tls.map(TlsSettings::opening).ifPresent(TlsOpening::close); // no door may have had it
      throw e;
    }
  }

  private void open(String version, Optional<TlsSettings> tls) throws StartException {
    DoorMeter udpMeter = new DoorMeter("udp");
    DoorMeter httpMeter = new DoorMeter("http");
    openUdp(udpMeter); // first: it is open at once, and Netty takes its time
    Optional<HttpDoor> http = openHttp(tls, httpMeter);
    announceUrls = announceUrlsOf();
    openAdmin(version, List.of(httpMeter, udpMeter));
    if (http.isPresent() && tls.isPresent()) {
      openHttps(http.get(), tls.get()); // last: its certificate may still be being read
      announceUrls = announceUrlsOf();
    }
    log.info(
        "muster {} is up: http {}, https {}, udp {}, operator {}",
        version,
        texts(httpAddresses),
        texts(httpsAddresses),
        texts(udpAddresses),
        adminUrl().orElse("off"));
  }

  private void openUdp(DoorMeter meter) throws StartException {
    List<InetSocketAddress> listen = Listening.resolve("udp.listen", config.udp().listen());
    if (listen.isEmpty()) {
      return;
    }
    try {
      UdpDoor door = udpDoor(listen, meter);
      door.start();
      opened.push(door);
      udpAddresses = door.addresses();
    } catch (IOException e) {
      throw Listening.failure("udp", listen, e);
    }
  }

  private UdpDoor udpDoor(List<InetSocketAddress> listen, DoorMeter meter) throws IOException {
    Config.Udp udp = config.udp();
    UdpSettings settings =
        new UdpSettings(
            listen,
            udp.maxReplyBytes(),
            (int) udp.receiveBuffer().bytes(),
            udp.threads() == 0 ? Runtime.getRuntime().availableProcessors() : udp.threads());
    boolean batched = udp.io() != UdpIo.PORTABLE && LinuxUdpDoor.isAvailable();
    if (udp.io() == UdpIo.BATCHED && !batched) {
      throw new IOException(
          "`udp.io` is \"batched\", which this machine does not have or does not allow");
    }
    ConnectionIds ids = new ConnectionIds(connectionKey());
    UdpClocks clocks = new UdpClocks(seconds, nanos, InstantSource.system());
    SplittableRandom own = new SplittableRandom(random.nextLong());
    return batched
        ? new LinuxUdpDoor(settings, service, ids, meter, clocks, own)
        : new NioUdpDoor(settings, service, ids, meter, clocks, own);
  }

  private Optional<HttpDoor> openHttp(Optional<TlsSettings> tls, DoorMeter meter)
      throws StartException {
    Config.Http http = config.http();
    List<InetSocketAddress> listen = Listening.resolve("http.listen", http.listen());
    if (listen.isEmpty() && tls.isEmpty()) {
      return Optional.empty();
    }
    HttpSettings settings =
        new HttpSettings(
            listen,
            tls,
            Runtime.getRuntime().availableProcessors(),
            http.requestTimeout(),
            http.idleTimeout(),
            http.maxConnections(),
            (int) http.maxRequestLine().bytes(),
            switch (http.forwardedHeader()) {
              case NONE -> AddressSource.SOCKET;
              case X_FORWARDED_FOR -> AddressSource.X_FORWARDED_FOR;
              case FORWARDED -> AddressSource.FORWARDED;
              case PROXY_PROTOCOL -> AddressSource.PROXY_PROTOCOL;
            },
            http.trustedProxies(),
            http.trustIpParameter());
    try {
      HttpDoor door =
          HttpDoor.open(settings, service, meter, nanos, new SplittableRandom(random.nextLong()));
      opened.push(door);
      httpAddresses = door.addresses();
      return Optional.of(door);
    } catch (IOException e) {
      throw Listening.failure("http", listen, e);
    }
  }

  private void openHttps(HttpDoor door, TlsSettings tls) throws StartException {
    try {
      door.listenWithTls();
      httpsAddresses = door.tlsAddresses();
    } catch (TlsException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw Listening.failure("https", tls.listen(), e);
    }
  }

  private static Optional<TlsSettings> tls(Config.Tls tls) throws StartException {
    List<InetSocketAddress> listen = Listening.resolve("tls.listen", tls.listen());
    return listen.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new TlsSettings(
                listen,
                TlsOpening.begin(
                    new TlsFiles(tls.certificate().orElseThrow(), tls.key().orElseThrow()),
                    InstantSource.system())));
  }

  private void openAdmin(String version, List<DoorMeter> meters) throws StartException {
    List<InetSocketAddress> listen =
        Listening.resolve("admin.listen", config.admin().listen().stream().toList());
    if (listen.isEmpty()) {
      return;
    }
    InetSocketAddress address = listen.getFirst();
    Instant started = Instant.now();
    try {
      OperatorDoor door =
          OperatorDoor.open(
              new OperatorSettings(
                  address,
                  adminToken(address.getAddress().isLoopbackAddress()),
                  Set.copyOf(config.admin().hosts()),
                  OperatorSettings.DEFAULT_MAX_CONNECTIONS,
                  OperatorSettings.DEFAULT_TIMEOUT),
              new Observed(
                  version,
                  started,
                  InstantSource.system(),
                  meters,
                  swarms::totals,
                  this::announceUrls,
                  () -> !closing));
      opened.push(door);
      adminAddress = Optional.of(door.address());
    } catch (IOException e) {
      throw Listening.failure("operator", List.of(address), e);
    }
  }

  private byte[] connectionKey() {
    return config
        .udp()
        .connectionKey()
        .map(key -> HexFormat.of().parseHex(key.value()))
        .orElseGet(() -> state.secret("connection-key", ConnectionIds.KEY_LENGTH).bytes());
  }

  /** The token that callers must show; on loopback only if the operator wants one. */
  private Optional<String> adminToken(boolean loopback) {
    Optional<String> configured = config.admin().token().map(Secret::value);
    if (configured.isPresent() || loopback) {
      return configured;
    }
    StateDirectory.Kept kept = state.secret("operator-token", TOKEN_BYTES);
    String token = HexFormat.of().formatHex(kept.bytes());
    adminTokenHint =
        kept.file()
            .map(file -> "in " + file)
            .or(() -> Optional.of(token + " (until it stops: no file could be written)"));
    return Optional.of(token);
  }

  private List<String> announceUrlsOf() {
    return Stream.of(
            udpAddresses.stream().map(address -> urls.of("udp", address)),
            httpAddresses.stream().map(address -> urls.of("http", address)),
            httpsAddresses.stream().map(address -> urls.of("https", address)))
        .flatMap(each -> each)
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  /** Where the HTTP door listens; empty if it is shut. */
  public List<InetSocketAddress> httpAddresses() {
    return httpAddresses;
  }

  /** Where the HTTP door listens with TLS; empty if it does not. */
  public List<InetSocketAddress> httpsAddresses() {
    return httpsAddresses;
  }

  /** Where the UDP door listens; empty if it is shut. */
  public List<InetSocketAddress> udpAddresses() {
    return udpAddresses;
  }

  /** Where the operator's page is; empty if its port is shut. */
  public Optional<String> adminUrl() {
    return adminAddress.map(
        address -> "http://" + urls.hosts(address).getFirst() + ":" + address.getPort() + "/");
  }

  /** Where the operator's token is to be found, if one was made for this tracker. */
  public Optional<String> adminTokenHint() {
    return adminTokenHint;
  }

  /** The URLs by which clients reach this tracker. */
  public List<String> announceUrls() {
    return announceUrls;
  }

  /** Answers what is in flight and closes everything, all at once, within two seconds. */
  @Override
  public void close() {
    closeAll();
    log.info("stopped");
  }

  private void closeAll() {
    closing = true;
    List<Thread> closers = opened.stream().map(TrackerServer::closer).toList();
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

  /** An address and port as operators write them. */
  public static String text(InetSocketAddress address) {
    return AnnounceUrls.host(Address.of(address.getAddress())) + ":" + address.getPort();
  }

  private static String texts(List<InetSocketAddress> addresses) {
    return addresses.isEmpty()
        ? "off"
        : addresses.stream().map(TrackerServer::text).collect(Collectors.joining(" "));
  }

  private void startSweeper() {
    Thread thread =
        new Thread(
            new Sweeper(swarms, nanos, new FaultLog(nanos), new MemoryWatch(swarmsMemory(config))),
            "muster-sweeper");
    thread.setDaemon(true);
    thread.start();
    opened.push(thread::interrupt);
  }

  private static Path stateDirectory(Config config) {
    return config
        .state()
        .directory()
        .orElseGet(() ->
            StateDirectory.ofUser(
                Optional.ofNullable(System.getenv("XDG_STATE_HOME")),
                System.getProperty("user.home")));
  }

  private static AnnouncePolicy policy(Config config) {
    Config.Announce announce = config.announce();
    return new AnnouncePolicy(
        (int) announce.interval().toSeconds(),
        announce.intervalJitter(),
        (int) announce.minInterval().toSeconds(),
        announce.numwantDefault(),
        announce.numwantMax(),
        first(announce.externalIp(), Address.Ipv4.class).orElse(null),
        first(announce.externalIp(), Address.Ipv6.class).orElse(null));
  }

  private static <T> Optional<T> first(List<? super T> list, Class<T> type) {
    return list.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  /**
   * Half of the heap by default: the tables live in its old generation, two thirds of it, and are
   * not alone there.
   */
  private static long swarmsMemory(Config config) {
    return config
        .swarms()
        .memory()
        .map(ByteSize::bytes)
        .orElse(Runtime.getRuntime().maxMemory() / 2);
  }

  private static SwarmsConfig swarmsConfig(Config config, long seed) {
    Config.Swarms swarms = config.swarms();
    long memory = swarmsMemory(config);
    SwarmsConfig base =
        SwarmsConfig.forCores(Runtime.getRuntime().availableProcessors(), memory, seed);
    return new SwarmsConfig(
        swarms.stripes() == 0 ? base.stripes() : swarms.stripes(),
        (int) swarms.peerLifetime().toSeconds(),
        (int) (3 * swarms.sessionInterval().toSeconds()),
        memory,
        seed);
  }
}
