package dev.muster.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.announce.Refusal;
import dev.muster.protocol.id.Network;
import dev.muster.server.announce.AnnouncePolicy;
import dev.muster.server.announce.AnnounceService;
import dev.muster.server.observe.DoorMeter;
import dev.muster.server.tls.TlsFiles;
import dev.muster.server.tls.TlsOpening;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A door over sockets, with swarms that a test can look into. Closing it checks that nothing is
 * left: no connection, no buffer.
 */
final class Rig implements AutoCloseable {
  static final String HASH = "%124Vx%9a%bc%de%f1%23Eg%89%ab%cd%ef%124Vx%9a";
  static final String HASH_HEX = "123456789abcdef123456789abcdef123456789a";
  static final String ANNOUNCE =
      "/announce?info_hash=" + HASH + "&peer_id=-qB5000-abcdefghijkl&port=6881&left=5";

  final FakeSwarms swarms = new FakeSwarms();
  final DoorMeter meter = new DoorMeter("http");
  final ScarceBuffers buffers = new ScarceBuffers();
  final AnnounceService service = new AnnounceService(swarms, AnnouncePolicy.DEFAULT);
  final HttpDoor door;

  private Rig(HttpSettings settings, HttpDoor.Closing closing, boolean epoll) throws IOException {
    door =
        HttpDoor.open(
            settings,
            closing,
            service,
            meter,
            System::nanoTime,
            new SplittableRandom(1),
            buffers,
            epoll);
    try {
      door.listenWithTls();
    } catch (IOException e) {
      door.close();
      throw e;
    }
  }

  static Rig open() throws IOException {
    return open(settings -> settings);
  }

  static Rig open(UnaryOperator<HttpSettings> change) throws IOException {
    return open(change, HttpDoor.Closing.PROMPT);
  }

  static Rig open(UnaryOperator<HttpSettings> change, HttpDoor.Closing closing) throws IOException {
    return new Rig(
        change.apply(HttpSettings.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))),
        closing,
        Epoll.isAvailable());
  }

  /** One as on a system without epoll. */
  static Rig openOnNio() throws IOException {
    return new Rig(
        HttpSettings.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
        HttpDoor.Closing.PROMPT,
        false);
  }

  static HttpSettings timeouts(HttpSettings settings, Duration request, Duration idle) {
    return SettingsDraft.of(
        settings,
        draft -> {
          draft.requestTimeout = request;
          draft.idleTimeout = idle;
        });
  }

  static HttpSettings threads(HttpSettings settings, int threads) {
    return SettingsDraft.of(settings, draft -> draft.threads = threads);
  }

  static HttpSettings connections(HttpSettings settings, int most) {
    return SettingsDraft.of(settings, draft -> draft.maxConnections = most);
  }

  static HttpSettings listening(HttpSettings settings, InetSocketAddress... listen) {
    return SettingsDraft.of(settings, draft -> draft.listen = List.of(listen));
  }

  /** With another port, for TLS. */
  static HttpSettings secured(HttpSettings settings, TlsFiles files) {
    TlsSettings tls =
        new TlsSettings(
            List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            TlsOpening.begin(files, InstantSource.system()));
    return SettingsDraft.of(settings, draft -> draft.tls = Optional.of(tls));
  }

  static HttpSettings addresses(
      HttpSettings settings, AddressSource source, boolean trustIp, String... trusted) {
    return SettingsDraft.of(
        settings,
        draft -> {
          draft.addressSource = source;
          draft.trustIpParameter = trustIp;
          draft.trustedProxies =
              Stream.of(trusted).map(text -> Network.parse(text).orElseThrow()).toList();
        });
  }

  InetSocketAddress address() {
    return door.addresses().getFirst();
  }

  RawClient client() throws IOException {
    return new RawClient(address());
  }

  /** One request on a connection of its own. */
  Answer get(String target) throws IOException {
    try (RawClient client = client()) {
      return client.get(target);
    }
  }

  long refused(Refusal refusal) {
    return meter.refused(refusal);
  }

  /** What has to hold after whatever a stranger did. */
  void assertAnswersAsBefore() throws IOException {
    assertThat(get(ANNOUNCE).announced().interval()).isNotEmpty();
    await("all connections are gone", () -> door.connections() == 0);
    assertThat(meter.connections()).isZero();
  }

  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - deadline).as("waiting until " + what).isNegative();
      LockSupport.parkNanos(2_000_000);
    }
  }

  @Override
  public void close() {
    door.close();
    assertThat(door.connections()).as("connections").isZero();
    assertThat(buffers.metric().usedDirectMemory()).as("direct bytes not released").isZero();
    assertThat(buffers.metric().usedHeapMemory()).as("heap bytes not released").isZero();
  }
}
