package dev.muster.server.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import dev.muster.server.announce.AnnouncePolicy;
import dev.muster.server.announce.AnnounceService;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The door for Linux. */
class LinuxUdpDoorTest extends UdpDoorContract {
  private static final int THREADS = 3;

  @BeforeEach
  void linux() {
    assumeThat(LinuxUdpDoor.isAvailable()).as("this machine has recvmmsg and sendmmsg").isTrue();
  }

  @Test
  void aReplyLeavesFromTheAddressThatWasAsked() throws IOException {
    UdpDoor everywhere = start(loopback("0.0.0.0"));
    for (String asked : List.of("127.0.0.2", "127.0.0.1", "127.77.0.3")) {
      assertServes(everywhere, asked, false); // a connected socket hears nobody else
    }
  }

  @Test
  void aReplyLeavesFromTheAddressThatWasAskedOfASocketForBothFamilies() throws IOException {
    assumeThat(hasIpv6()).as("this machine has IPv6 on its loopback").isTrue();
    UdpDoor everywhere = start(UdpSettings.everywhere(0));
    assertServes(everywhere, "127.0.0.2", false);
    assertServes(everywhere, "::1", true);
    assertServes(everywhere, "127.0.0.1", false);
  }

  @Test
  void severalThreadsShareAnAddress() throws IOException {
    UdpDoor door = start(shared(loopback("127.0.0.1")));
    assertThat(door.addresses()).hasSize(1);
    for (int i = 0; i < 50; i++) { // each from another port, which another thread may be given
      assertServes(door, "127.0.0.1", false);
    }
  }

  @Test
  void severalThreadsShareAllAddressesOfBothFamilies() throws IOException {
    UdpDoor door = start(shared(UdpSettings.everywhere(0)));
    for (int i = 0; i < 50; i++) {
      assertServes(door, "127.0.0." + (1 + i % 4), false);
    }
  }

  @Test
  void aSecondDoorIsRefusedThePortThatThreadsShare() throws IOException {
    InetSocketAddress taken = start(shared(loopback("127.0.0.1"))).addresses().getFirst();
    UdpDoor second = door(shared(taken));
    assertThatIOException()
        .isThrownBy(second::start)
        .withMessageContaining("Address already in use");
    UdpDoor everywhere = door(shared(new InetSocketAddress("0.0.0.0", taken.getPort())));
    assertThatIOException()
        .isThrownBy(everywhere::start)
        .withMessageContaining("Address already in use");
  }

  @Test
  void allThreadsLeaveThePortWhenTheDoorCloses() throws IOException {
    UdpDoor door = start(shared(loopback("127.0.0.1")));
    InetSocketAddress address = door.addresses().getFirst();
    door.close();
    new DatagramSocket(address).close();
  }

  @Test
  void theReceiveBuffersOfAllThreadsAreTold() throws IOException {
    start(shared(loopback("127.0.0.1")));
    assertThat(meter.queues().bytes()).isGreaterThanOrEqualTo(THREADS * 4096L);
    assertThat(meter.queues().lost()).isZero();
  }

  @Test
  void answeringPacketsAllocatesNothing() throws IOException {
    assertAllocatesNothing(50_000, 40);
  }

  @Test
  @Tag("full")
  void answeringMillionsOfPacketsAllocatesNothing() throws IOException {
    assertAllocatesNothing(2_000_000, 3);
  }

  /**
   * Until all code is compiled, and after each case that is met for the first time, the virtual
   * machine itself allocates on this thread; but if it has answered one row of packets without, it
   * allocates nothing for a packet.
   */
  private void assertAllocatesNothing(int announces, int tries) throws IOException {
    swarms.forgetful = true;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    UdpDoor door = start(loopback("127.0.0.1"));
    long thread = threadNamed(threads, "udp-0");
    List<Long> allocated = new ArrayList<>();
    try (DatagramSocket client = client(door.addresses().getFirst())) {
      byte[] packet = ResponderRig.announce(connect(client), 50, 6881).encode();
      do {
        long before = threads.getThreadAllocatedBytes(thread);
        announce(client, packet, announces);
        allocated.add(threads.getThreadAllocatedBytes(thread) - before);
      } while (allocated.getLast() > 0 && allocated.size() < tries);
    }
    assertThat(allocated.getLast()).as("bytes in each row: %s", allocated).isZero();
  }

  /** Sends until so many have been answered, some at a time. */
  private void announce(DatagramSocket client, byte[] packet, long times) throws IOException {
    int atOnce = 50;
    DatagramPacket out = new DatagramPacket(packet, packet.length);
    DatagramPacket in = new DatagramPacket(new byte[2_000], 2_000);
    for (long sent = 0; sent < times; sent += atOnce) {
      for (int i = 0; i < atOnce; i++) {
        client.send(out);
      }
      for (int i = 0; i < atOnce; i++) {
        client.receive(in);
      }
    }
  }

  private static long threadNamed(ThreadMXBean threads, String name) {
    for (var info : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (info != null && info.getThreadName().equals(name)) {
        return info.getThreadId();
      }
    }
    throw new AssertionError("no thread " + name);
  }

  private static UdpSettings shared(InetSocketAddress address) {
    return new UdpSettings(
        List.of(address),
        UdpSettings.DEFAULT_MAX_REPLY_BYTES,
        UdpSettings.DEFAULT_RECEIVE_BUFFER_BYTES,
        THREADS);
  }

  @Override
  UdpDoor make(UdpSettings settings, UdpClocks clocks) {
    return new LinuxUdpDoor(
        settings,
        new AnnounceService(swarms, AnnouncePolicy.DEFAULT),
        new ConnectionIds(new byte[16]),
        meter,
        clocks,
        new SplittableRandom(93),
        JOIN);
  }
}
