package dev.muster.server;

import dev.muster.protocol.id.Address;
import dev.muster.server.announce.AnnounceService;
import dev.muster.server.config.Config;
import dev.muster.server.config.Secret;
import dev.muster.server.http.TlsSettings;
import dev.muster.server.observe.CertificateFacts;
import dev.muster.server.observe.FaultLog;
import dev.muster.server.observe.Health;
import dev.muster.server.observe.Observed;
import dev.muster.server.tls.TlsException;
import dev.muster.server.tls.TlsFiles;
import dev.muster.server.tls.TlsOpening;
import dev.muster.server.udp.ConnectionIds;
import dev.muster.server.udp.LinuxUdpDoor;
import dev.muster.swarm.Swarms;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
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
  private static final int TOKEN_BYTES = 24;

  private final Config config;
  private final SecureRandom random = new SecureRandom();
  private final StateDirectory state;
  private final LongSupplier nanos;
  private final Swarms swarms;
  private final Thread sweeper;
  private final AnnounceUrls urls;
  private final Doors doors;
  private Optional<String> adminTokenHint = Optional.empty();
  private volatile List<String> announceUrls = List.of();
  private volatile Health health = Health.STARTING;

  private TrackerServer(Config config) {
    this.config = config;
    long start = System.nanoTime();
    this.nanos = () -> System.nanoTime() - start;
    this.state = new StateDirectory(Settings.stateDirectory(config.state()), random);
    this.swarms = Swarms.inMemory(Settings.swarms(config.swarms(), random.nextLong()));
    this.urls = new AnnounceUrls(config.announce().externalIp(), AnnounceUrls.ofThisMachine());
    this.doors =
        new Doors(
            config,
            new AnnounceService(swarms, Settings.policy(config.announce())),
            nanos,
            new SplittableRandom(random.nextLong()));
    MemoryWatch memory = new MemoryWatch(Settings.swarmsMemory(config.swarms()));
    this.sweeper =
        Thread.ofPlatform()
            .daemon()
            .name("muster-sweeper")
            .start(new Sweeper(swarms, nanos, new FaultLog(nanos), memory));
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
    return start(config, version, InstantSource.system());
  }

  /**
   * Starts a tracker.
   *
   * @param certified the time of day by which certificates are good or not
   */
  static TrackerServer start(Config config, String version, InstantSource certified)
      throws StartException {
    Optional<TlsSettings> tls = tls(config.tls(), certified); // goes on while the others open
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

  private static Optional<TlsSettings> tls(Config.Tls tls, InstantSource certified)
      throws StartException {
    List<InetSocketAddress> listen = Listening.resolve("tls.listen", tls.listen());
    return listen.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new TlsSettings(
                listen,
                TlsOpening.begin(
                    new TlsFiles(tls.certificate().orElseThrow(), tls.key().orElseThrow()),
                    certified)));
  }

  private void open(String version, Optional<TlsSettings> tls) throws StartException {
    if (tls.isPresent()) {
      check(tls.get().opening()); // before any door opens, or clients would come in vain
    }
    doors.openUdp(() -> new ConnectionIds(connectionKey())); // at once; Netty takes its time
    doors.openHttp(tls);
    announceUrls = announceUrlsOf();
    doors.openOperator(observed(version, tls), this::adminToken);
    if (tls.isPresent()) {
      doors.openHttps(tls.get()); // last: what encrypts may still be loading
      announceUrls = announceUrlsOf();
    }
    health = Health.UP;
    log.info(
        "muster {} is up: http {}, https {}, udp {}, operator {}",
        version,
        texts(doors.http()),
        texts(doors.https()),
        texts(doors.udp()),
        adminUrl().orElse("off"));
  }

  private static void check(TlsOpening opening) throws StartException {
    try {
      opening.check();
    } catch (TlsException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  private Observed observed(String version, Optional<TlsSettings> tls) {
    return new Observed(
        version,
        Instant.now(),
        InstantSource.system(),
        doors.meters(),
        swarms::totals,
        this::announceUrls,
        () ->
            tls.flatMap(settings -> settings.opening().now())
                .map(open -> new CertificateFacts(open.expiry(), open.failedReloads())),
        () -> health);
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
            doors.udp().stream().map(address -> urls.of("udp", address)),
            doors.http().stream().map(address -> urls.of("http", address)),
            doors.https().stream().map(address -> urls.of("https", address)))
        .flatMap(each -> each)
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  /** Where the HTTP door listens; empty if it is shut. */
  public List<InetSocketAddress> httpAddresses() {
    return doors.http();
  }

  /** Where the HTTP door listens with TLS; empty if it does not. */
  public List<InetSocketAddress> httpsAddresses() {
    return doors.https();
  }

  /** Where the UDP door listens; empty if it is shut. */
  public List<InetSocketAddress> udpAddresses() {
    return doors.udp();
  }

  /** Where the operator's page is; empty if its port is shut. */
  public Optional<String> adminUrl() {
    return doors
        .operator()
        .map(address -> "http://" + urls.hosts(address).getFirst() + ":" + address.getPort() + "/");
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
    health = Health.CLOSING;
    sweeper.interrupt();
    doors.close();
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
}
