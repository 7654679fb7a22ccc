package dev.muster.server.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.muster.protocol.udp.UdpRequest;
import dev.muster.protocol.udp.UdpResponse;
import dev.muster.server.observe.DoorMeter;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every UDP door does, over real sockets, on loopback. */
@Timeout(60)
abstract class UdpDoorContract {
  private static final int PATIENCE_MILLIS = 10_000;
  static final UdpClocks CLOCKS = new UdpClocks(() -> 0, System::nanoTime, InstantSource.system());

  /** Longer than a slow machine needs: what ends sooner has ended by itself. */
  static final Duration JOIN = Duration.ofSeconds(30);

  final FakeSwarms swarms = new FakeSwarms();
  final DoorMeter meter = new DoorMeter("udp");
  private final List<AutoCloseable> toClose = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : toClose) {
      each.close();
    }
  }

  @Test
  void aClientConnectsAnnouncesAndScrapesOverIpv4() throws IOException {
    UdpDoor door = start(loopback("127.0.0.1"));
    assertServes(door, "127.0.0.1", false);
    assertThat(meter.connects()).isOne();
    assertThat(meter.scrapes()).isOne();
    assertThat(meter.bytesReceived()).isGreaterThanOrEqualTo(16 + 98 + 36);
  }

  @Test
  void aClientConnectsAnnouncesAndScrapesOverIpv6() throws IOException {
    assumeThat(hasIpv6()).as("this machine has IPv6 on its loopback").isTrue();
    assertServes(start(loopback("::1")), "::1", true);
  }

  @Test
  void everywhereIsBothFamiliesOnOnePort() throws IOException {
    assumeThat(hasIpv6()).as("this machine has IPv6 on its loopback").isTrue();
    UdpDoor door = start(UdpSettings.everywhere(0));
    assertThat(door.addresses())
        .extracting(address -> address.getAddress().getHostAddress())
        .containsExactly("0.0.0.0", "0:0:0:0:0:0:0:0");
    assertThat(door.addresses()).extracting(InetSocketAddress::getPort).doesNotContain(0);
    assertServes(door, "127.0.0.1", false); // in IPv6 clothes, but answered as IPv4
    assertServes(door, "::1", true);
  }

  @Test
  void bothWildcardsOnOnePortAreOneSocket() throws IOException {
    UdpDoor door = startAtBothWildcards(5);
    assertThat(door.addresses()).hasSizeBetween(1, 2);
    assertServes(door, "127.0.0.1", false);
  }

  /** Another program may take the port that was free a moment ago; then another is tried. */
  private UdpDoor startAtBothWildcards(int tries) throws IOException {
    int port = freePort();
    try {
      return start(new InetSocketAddress("0.0.0.0", port), UdpSettings.everywhere(port));
    } catch (IOException busy) {
      if (tries == 0) {
        throw busy;
      }
      return startAtBothWildcards(tries - 1);
    }
  }

  @Test
  void severalAddressesAreServedByOneDoor() throws IOException {
    UdpDoor door = start(loopback("127.0.0.1"), loopback("127.0.0.2"));
    assertThat(door.addresses()).hasSize(2);
    for (InetSocketAddress address : door.addresses()) {
      assertServes(address, false);
    }
  }

  @Test
  void aBusyPortIsAnErrorThatNamesItAndNothingStaysOpen() throws IOException {
    InetSocketAddress busy = start(loopback("127.0.0.1")).addresses().getFirst();
    int free = freePort();
    UdpDoor second = door(UdpSettings.at(loopback("127.0.0.1", free), busy));
    assertThatIOException()
        .isThrownBy(second::start)
        .withMessageStartingWith("cannot listen on UDP 127.0.0.1:" + busy.getPort() + ": ")
        .withMessageContaining("Address already in use");
    assertThat(second.addresses()).isEmpty();
    new DatagramSocket(loopback("127.0.0.1", free)).close();
  }

  @Test
  void aPacketOf65507BytesIsAnswered() throws IOException {
    InetSocketAddress door = start(loopback("127.0.0.1")).addresses().getFirst();
    try (DatagramSocket client = client(door)) {
      long id = connect(client);
      byte[] huge = Arrays.copyOf(ResponderRig.announce(id, 5, 6881).encode(), 65_507);
      assertThat(ask(client, huge, false)).isInstanceOf(UdpResponse.Announced.class);
    }
  }

  @Test
  void clientsThatAreGoneBeforeTheAnswerDoNotStopTheDoor() throws IOException {
    UdpDoor door = start(loopback("127.0.0.1"));
    for (int i = 0; i < 500; i++) {
      try (DatagramSocket gone = client(door.addresses().getFirst())) {
        send(gone, new UdpRequest.Connect(i).encode());
      }
    }
    assertServes(door, "127.0.0.1", false);
  }

  @Test
  void noiseDoesNotStopTheDoor() throws IOException {
    UdpDoor door = start(loopback("127.0.0.1"));
    SplittableRandom random = new SplittableRandom(91);
    try (DatagramSocket client = client(door.addresses().getFirst())) {
      for (int i = 0; i < 5_000; i++) {
        byte[] noise = new byte[random.nextInt(300)];
        random.nextBytes(noise);
        send(client, noise);
      }
      // Of what follows on the same way some may be lost to a full buffer, but not all.
      assertThat(connectPatiently(client)).isNotZero();
    }
    assertServes(door, "127.0.0.1", false);
    assertThat(meter.dropped()).isPositive();
  }

  @Test
  void whatWasReceivedBeforeTheCloseIsAnswered() throws IOException {
    // by a clock that stands still, so that no machine is too slow for the drain
    UdpClocks still = new UdpClocks(() -> 0, () -> 0, InstantSource.system());
    UdpDoor door = door(UdpSettings.at(loopback("127.0.0.1")), still);
    door.start();
    try (DatagramSocket client = client(door.addresses().getFirst())) {
      long id = connect(client);
      int announces = 50;
      for (int i = 0; i < announces; i++) {
        send(client, ResponderRig.announce(id, 1, 6881).encode());
      }
      door.close();
      for (int i = 0; i < announces; i++) {
        assertThat(receive(client, false)).isInstanceOf(UdpResponse.Announced.class);
      }
    }
  }

  @Test
  void closingUnderAFloodDoesNotWaitForItsEndAndFreesThePort() throws Exception {
    UdpDoor door = start(loopback("127.0.0.1"));
    InetSocketAddress address = door.addresses().getFirst();
    Thread flood =
        Thread.ofPlatform()
            .start(() -> {
              try (DatagramSocket client = new DatagramSocket()) {
                byte[] packet = new UdpRequest.Connect(1).encode();
                while (!Thread.currentThread().isInterrupted()) {
                  client.send(new DatagramPacket(packet, packet.length, address));
                }
              } catch (IOException refused) {
                // once the door is shut
              }
            });
    try {
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (meter.connects() < 1_000 && System.nanoTime() - deadline < 0) {
        Thread.onSpinWait();
      }
      assertThat(meter.connects()).isGreaterThanOrEqualTo(1_000);
      long before = System.nanoTime();
      door.close();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(JOIN.dividedBy(2));
      new DatagramSocket(address).close();
    } finally {
      flood.interrupt();
      flood.join();
    }
  }

  @Test
  void closingTwiceOrBeforeTheStartDoesNothing() throws IOException {
    UdpDoor door = start(loopback("127.0.0.1"));
    door.close();
    door.close();
    UdpDoor never = door(UdpSettings.at(loopback("127.0.0.1")));
    never.close();
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(never::start);
  }

  @Test
  void theTimeToAnAnswerIsMeasured() throws IOException {
    assertServes(start(loopback("127.0.0.1")), "127.0.0.1", false);
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (meter.latency().sumNanos() == 0 && System.nanoTime() - deadline < 0) {
      Thread.onSpinWait();
    }
    assertThat(meter.latency().sumNanos()).isPositive();
  }

  /** The door to be tested, not started; it may take {@link #JOIN} to close. */
  abstract UdpDoor make(UdpSettings settings, UdpClocks clocks);

  final UdpDoor start(InetSocketAddress... addresses) throws IOException {
    return start(UdpSettings.at(addresses));
  }

  final UdpDoor start(UdpSettings settings) throws IOException {
    UdpDoor door = door(settings);
    door.start();
    return door;
  }

  final UdpDoor door(UdpSettings settings) {
    return door(settings, CLOCKS);
  }

  final UdpDoor door(UdpSettings settings, UdpClocks clocks) {
    UdpDoor door = make(settings, clocks);
    toClose.add(door);
    return door;
  }

  final void assertServes(UdpDoor door, String host, boolean ipv6) throws IOException {
    int port = door.addresses().getFirst().getPort();
    assertServes(new InetSocketAddress(host, port), ipv6);
  }

  final void assertServes(InetSocketAddress address, boolean ipv6) throws IOException {
    long before = meter.announces(ipv6);
    try (DatagramSocket client = client(address)) {
      long id = connect(client);
      UdpResponse announced = ask(client, ResponderRig.announce(id, 7, 6881).encode(), ipv6);
      assertThat(((UdpResponse.Announced) announced).peers()).hasSize(7);
      UdpResponse scraped = ask(client, ResponderRig.scrape(id, 2).encode(), ipv6);
      assertThat(((UdpResponse.Scraped) scraped).swarms()).hasSize(2);
    }
    assertThat(meter.announces(ipv6)).isEqualTo(before + 1);
  }

  static DatagramSocket client(InetSocketAddress door) throws IOException {
    DatagramSocket client = new DatagramSocket();
    client.setSoTimeout(PATIENCE_MILLIS);
    client.connect(door);
    return client;
  }

  static long connect(DatagramSocket client) throws IOException {
    UdpResponse connected = ask(client, new UdpRequest.Connect(1).encode(), false);
    return ((UdpResponse.Connected) connected).connectionId();
  }

  private static long connectPatiently(DatagramSocket client) throws IOException {
    client.setSoTimeout(500);
    for (int tries = 0; tries < 20; tries++) {
      try {
        return connect(client);
      } catch (SocketTimeoutException lost) {
        // as UDP may; ask again
      }
    }
    throw new AssertionError("no answer to 20 connects");
  }

  static UdpResponse ask(DatagramSocket client, byte[] packet, boolean ipv6) throws IOException {
    send(client, packet);
    return receive(client, ipv6);
  }

  private static void send(DatagramSocket client, byte[] packet) throws IOException {
    client.send(new DatagramPacket(packet, packet.length));
  }

  private static UdpResponse receive(DatagramSocket client, boolean ipv6) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
    client.receive(packet);
    ByteBuffer bytes = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
    return UdpResponse.decode(bytes, ipv6).orElseThrow();
  }

  static InetSocketAddress loopback(String host) {
    return loopback(host, 0);
  }

  static InetSocketAddress loopback(String host, int port) {
    return new InetSocketAddress(host, port);
  }

  private static int freePort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(loopback("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  static boolean hasIpv6() {
    try (DatagramSocket socket = new DatagramSocket(loopback("::1"))) {
      return socket.isBound();
    } catch (IOException none) {
      return false;
    }
  }
}
