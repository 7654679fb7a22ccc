package dev.muster.server.udp.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchSocketTest {
  private static final Duration PATIENCE = Duration.ofMillis(20);
  private static final int BUFFER = 1 << 20;

  @BeforeEach
  void linux() {
    assumeThat(BatchSocket.isAvailable()).as("this machine has recvmmsg and sendmmsg").isTrue();
  }

  @Test
  void aClaimIsRefusedByAnySocketOnThePort() throws IOException {
    try (BatchSocket first = claim("127.0.0.1", 0)) {
      int port = first.address().getPort();
      assertThatExceptionOfType(BindException.class).isThrownBy(() -> claim("127.0.0.1", port));
      try (BatchSocket shared = first.another(BUFFER, PATIENCE)) {
        assertThat(shared.address()).isEqualTo(first.address());
        assertThatExceptionOfType(BindException.class).isThrownBy(() -> claim("127.0.0.1", port));
        assertThatExceptionOfType(BindException.class).isThrownBy(() -> claim("0.0.0.0", port));
      }
    }
  }

  @Test
  void whatCameWhileTheBufferWasFullIsCountedAsLost() throws IOException {
    try (BatchSocket socket =
            BatchSocket.claim(new InetSocketAddress("127.0.0.1", 0), 4096, PATIENCE);
        DatagramSocket sender = new DatagramSocket()) {
      assertThat(socket.memory().lost()).isZero();
      int sent = 1_000;
      for (int i = 0; i < sent; i++) {
        sender.send(new DatagramPacket(new byte[1_000], 1_000, socket.address()));
      }
      assertThat(socket.memory().lost()).isBetween(1L, (long) sent - 1);
      assertThat(socket.memory().receiveBufferBytes()).isBetween(4096L, 100_000L);
    }
  }

  @Test
  void ofAClosedSocketNothingIsKnown() throws IOException {
    BatchSocket socket = claim("127.0.0.1", 0);
    socket.close();
    socket.close();
    assertThat(socket.memory()).isEqualTo(SocketMemory.UNKNOWN);
  }

  @Test
  void aReplyThatCannotBeSentIsCountedAndTheOthersAreSent() throws IOException {
    try (BatchSocket socket = claim("127.0.0.1", 0);
        MessageBatch batch = new MessageBatch(socket, 4, 100, 100);
        DatagramSocket first = new DatagramSocket(0, socket.address().getAddress());
        DatagramSocket second = new DatagramSocket(0, socket.address().getAddress())) {
      first.setSoTimeout(10_000);
      second.setSoTimeout(10_000);
      send(first, socket, 1);
      send(second, socket, 2);
      send(first, socket, 3);
      assertThat(batch.receive()).isEqualTo(3);
      ByteBuffer in = batch.in();
      ByteBuffer out = batch.out();
      for (int i = 0; i < 3; i++) {
        out.put(i * 100, in.get(i * 100));
      }
      batch.queue(0, 1);
      batch.queue(1, 70_000); // longer than a datagram can be
      batch.queue(2, 1);
      assertThat(batch.send()).isEqualTo(1);
      assertThat(receive(first)).isEqualTo(1);
      assertThat(receive(first)).isEqualTo(3);
    }
  }

  @Test
  void waitingEndsWhenPatienceDoes() throws IOException {
    try (BatchSocket socket = claim("127.0.0.1", 0);
        MessageBatch batch = new MessageBatch(socket, 4, 100, 100)) {
      assertThat(batch.receive()).isZero();
      assertThat(batch.poll()).isZero();
    }
  }

  @Test
  void aPacketLongerThanItsPlaceIsCutAndDoesNotReachTheNext() throws IOException {
    try (BatchSocket socket = claim("127.0.0.1", 0);
        MessageBatch batch = new MessageBatch(socket, 2, 64, 64);
        DatagramSocket sender = new DatagramSocket()) {
      byte[] long1 = new byte[1_000];
      java.util.Arrays.fill(long1, (byte) 7);
      sender.send(new DatagramPacket(long1, long1.length, socket.address()));
      assertThat(batch.receive()).isEqualTo(1);
      assertThat(batch.length(0)).isEqualTo(64);
      assertThat(batch.in().get(63)).isEqualTo((byte) 7);
      assertThat(batch.in().get(64)).isZero();
    }
  }

  private static BatchSocket claim(String host, int port) throws IOException {
    return BatchSocket.claim(new InetSocketAddress(host, port), BUFFER, PATIENCE);
  }

  private static void send(DatagramSocket from, BatchSocket to, int content) throws IOException {
    from.send(new DatagramPacket(new byte[] {(byte) content}, 1, to.address()));
  }

  private static int receive(DatagramSocket socket) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[10], 10);
    socket.receive(packet);
    return packet.getData()[0];
  }
}
