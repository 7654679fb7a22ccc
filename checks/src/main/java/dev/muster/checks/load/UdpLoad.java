package dev.muster.checks.load;

import dev.muster.protocol.id.InfoHash;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Announces over UDP (BEP 15) from several sockets, each at an address of its own. The transaction
 * id is the number of a request's slot, with its round above.
 */
final class UdpLoad implements Load {
  private static final long MAGIC = 0x41727101980L;
  private static final int SLOT_BITS = 16;

  private final List<DatagramChannel> channels = new ArrayList<>();
  private final long[] connectionIds;
  private final long[] due;
  private final long[] sent;
  private final int[] round;
  private final ByteBuffer out = ByteBuffer.allocateDirect(98);
  private final ByteBuffer in = ByteBuffer.allocateDirect(65_536);
  private final Workload workload;
  private final Pace pace;
  private final Tally tally;
  private int hand;

  UdpLoad(Settings settings, InetSocketAddress server, Workload workload, Tally tally)
      throws IOException {
    this.workload = workload;
    this.tally = tally;
    int slots = settings.outstanding();
    due = new long[slots];
    sent = new long[slots];
    round = new int[slots];
    int sources = Math.min(settings.sources(), slots);
    connectionIds = new long[sources];
    for (int i = 0; i < sources; i++) {
      DatagramChannel channel = DatagramChannel.open();
      channels.add(channel);
      channel.bind(new InetSocketAddress(Sources.address(i), 0));
      channel.connect(server);
      connectionIds[i] = connect(channel);
      channel.configureBlocking(false);
    }
    pace = new Pace(settings.rate(), System.nanoTime());
  }

  private static long connect(DatagramChannel channel) throws IOException {
    InetAddress source = ((InetSocketAddress) channel.getLocalAddress()).getAddress();
    ByteBuffer packet = ByteBuffer.allocate(16).putLong(MAGIC).putInt(0).putInt(7).flip();
    channel.write(packet);
    channel.socket().setSoTimeout((int) (PATIENCE_NANOS / 1_000_000));
    byte[] bytes = new byte[16];
    channel.socket().receive(new java.net.DatagramPacket(bytes, bytes.length));
    ByteBuffer reply = ByteBuffer.wrap(bytes);
    if (reply.getInt() != 0 || reply.getInt() != 7) {
      throw new IOException("no connection id for " + source);
    }
    return reply.getLong();
  }

  @Override
  public void step() throws IOException {
    for (int i = 0; i < channels.size(); i++) {
      receive(i);
    }
    long now = System.nanoTime();
    for (int i = 0; i < sent.length; i++) {
      int slot = hand;
      if (sent[slot] != 0 && now - sent[slot] > PATIENCE_NANOS) {
        tally.lost();
        sent[slot] = 0;
      }
      if (sent[slot] == 0) {
        long from = pace.take(now);
        if (from == Pace.LATER) {
          return;
        }
        send(slot, from, now);
      }
      hand = (hand + 1) % sent.length;
    }
  }

  private void send(int slot, long from, long now) throws IOException {
    InfoHash hash = workload.hash();
    int port = workload.port();
    int source = slot % channels.size();
    out.clear();
    out.putLong(connectionIds[source]).putInt(1).putInt(++round[slot] << SLOT_BITS | slot);
    out.putLong(hash.high()).putLong(hash.middle()).putInt(hash.low());
    out.putLong(source).putLong(port).putInt(0x4d42); // peer id
    out.putLong(0).putLong(workload.left()).putLong(0); // downloaded, left, uploaded
    out.putInt(0).putInt(0).putInt(port).putInt(-1).putShort((short) port);
    out.flip();
    due[slot] = from;
    sent[slot] = now;
    try {
      if (channels.get(source).write(out) == 0) {
        sent[slot] = 0; // the socket is full: next time
      }
    } catch (PortUnreachableException e) {
      throw new IOException("the tracker is gone", e);
    }
  }

  private void receive(int source) throws IOException {
    while (true) {
      in.clear();
      if (channels.get(source).read(in) <= 0) {
        return;
      }
      in.flip();
      int length = in.remaining();
      if (length < 8) {
        tally.refused();
        continue;
      }
      int action = in.getInt(0);
      int transaction = in.getInt(4);
      int slot = transaction & (1 << SLOT_BITS) - 1;
      if (slot >= sent.length
          || transaction != (round[slot] << SLOT_BITS | slot)
          || sent[slot] == 0) {
        continue; // came after its time
      }
      sent[slot] = 0;
      if (action == 1 && length >= 20) {
        tally.answered(System.nanoTime() - due[slot], (length - 20) / 6);
      } else {
        tally.refused();
        if (action == 3) {
          renew(source);
        }
      }
    }
  }

  /** An error most likely means that the connection id has grown old. */
  private void renew(int source) throws IOException {
    DatagramChannel channel = channels.get(source);
    try (DatagramChannel fresh = DatagramChannel.open()) {
      fresh.bind(
          new InetSocketAddress(((InetSocketAddress) channel.getLocalAddress()).getAddress(), 0));
      fresh.connect(channel.getRemoteAddress());
      connectionIds[source] = connect(fresh); // bound to the address, not the port
    }
  }

  @Override
  public void close() throws IOException {
    for (DatagramChannel channel : channels) {
      channel.close();
    }
  }
}
