package dev.muster.checks.endtoend;

import dev.muster.protocol.id.InfoHash;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Peers at one loopback address who announce over UDP (BEP 15), many at a time; what gets no answer
 * is sent again. Packets are put together by hand, so that our codec is not its own judge. Not
 * thread-safe.
 */
final class UdpPeers implements AutoCloseable {
  /** Announces on the way at any time, well within what a socket buffers. */
  private static final int WINDOW = 64;

  private static final int PATIENCE_MILLIS = 500;
  private static final int TRIES = 20;
  private static final int ACCEPTED = 1;

  private final DatagramSocket socket;
  private long connectionId;
  private int transaction = 1;

  UdpPeers(String address, int trackerPort) throws IOException {
    socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(address), 0));
    socket.connect(new InetSocketAddress("127.0.0.1", trackerPort));
    socket.setSoTimeout(PATIENCE_MILLIS);
    connect();
  }

  /**
   * One peer's announce.
   *
   * @param left bytes it lacks
   * @param event the number on the wire: 0 none, 1 completed, 2 started, 3 stopped
   */
  record Announce(InfoHash hash, int port, long left, int event) {}

  /**
   * How the tracker took a number of announces.
   *
   * @param accepted answered as such
   * @param refused answered by an error
   */
  record Outcome(int accepted, int refused) {}

  /** Makes these announces, in any order, and returns when all are answered. */
  Outcome announce(List<Announce> announces) throws IOException {
    int accepted = 0;
    int refused = 0;
    for (int start = 0; start < announces.size(); start += WINDOW) {
      List<Announce> window = announces.subList(start, Math.min(announces.size(), start + WINDOW));
      int taken = window(window);
      accepted += taken;
      refused += window.size() - taken;
    }
    return new Outcome(accepted, refused);
  }

  private int window(List<Announce> window) throws IOException {
    int first = transaction;
    transaction += window.size();
    boolean[] answered = new boolean[window.size()];
    int waiting = window.size();
    int accepted = 0;
    for (int attempt = 0; waiting > 0; attempt++) {
      if (attempt == TRIES) {
        throw new AssertionError("announces without an answer: " + waiting);
      }
      for (int i = 0; i < answered.length; i++) {
        if (!answered[i]) {
          send(window.get(i), first + i);
        }
      }
      try {
        while (waiting > 0) {
          ByteBuffer reply = receive();
          int action = reply.getInt();
          int index = reply.getInt() - first;
          if (index >= 0 && index < answered.length && !answered[index]) {
            answered[index] = true;
            waiting--;
            accepted += action == ACCEPTED ? 1 : 0;
          }
        }
      } catch (SocketTimeoutException e) {
        connect(); // lost on the way, or the connection id has grown old
      }
    }
    return accepted;
  }

  private void send(Announce announce, int transaction) throws IOException {
    ByteBuffer packet = ByteBuffer.allocate(98);
    packet.putLong(connectionId).putInt(1).putInt(transaction).put(announce.hash().bytes());
    packet.putLong(announce.port()).putLong(announce.port()).putInt(announce.port()); // peer id
    packet.putLong(0).putLong(announce.left()).putLong(0).putInt(announce.event());
    packet.putInt(0).putInt(0).putInt(-1).putShort((short) announce.port());
    socket.send(new DatagramPacket(packet.array(), packet.capacity()));
  }

  private ByteBuffer receive() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
    socket.receive(packet);
    if (packet.getLength() < 8) {
      throw new AssertionError("a reply of " + packet.getLength() + " bytes");
    }
    return ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
  }

  private void connect() throws IOException {
    ByteBuffer packet = ByteBuffer.allocate(16).putLong(0x41727101980L).putInt(0).putInt(0);
    for (int attempt = 0; attempt < TRIES; attempt++) {
      socket.send(new DatagramPacket(packet.array(), packet.capacity()));
      try {
        ByteBuffer reply = receive();
        while (reply.getInt() != 0) {
          reply = receive(); // an announce's answer, late
        }
        reply.getInt();
        connectionId = reply.getLong();
        return;
      } catch (SocketTimeoutException e) {
        continue;
      }
    }
    throw new AssertionError("no connection id");
  }

  @Override
  public void close() {
    socket.close();
  }
}
