package dev.muster.client.wire;

import dev.muster.client.wire.TrackerFailure.Kind;
import dev.muster.protocol.udp.UdpPacket;
import dev.muster.protocol.udp.UdpResponse;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One UDP socket of a family, for all trackers and links, opened when first used. A response is
 * taken only if its transaction id is one we wait for and it comes from where that request went;
 * ids are random, so who does not see our packets cannot answer for the tracker.
 *
 * <p>A thread that is interrupted inside a channel closes it for all. So callers never touch it:
 * one thread sends, one receives, and nobody interrupts those.
 */
final class UdpSockets implements AutoCloseable {
  private static final int RECEIVE_BUFFER = 1 << 20;

  /** What came for a request: a response, or nothing that can be read, or no way to send. */
  record Arrival(Optional<UdpResponse> response, @Nullable String unsent) {}

  private record Datagram(Pending pending, byte[] bytes) {}

  private final ProtocolFamily family;
  private final SecureRandom random = new SecureRandom();
  private final Map<Integer, Pending> waiting = new ConcurrentHashMap<>();
  private final BlockingQueue<Datagram> outgoing = new LinkedBlockingQueue<>();
  private @Nullable DatagramChannel channel;
  private @Nullable Thread sender;
  private boolean closed;

  UdpSockets(boolean ipv6) {
    family = ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
  }

  /** A request under way; closed when nobody waits for its answer any more. */
  final class Pending implements AutoCloseable {
    private final InetSocketAddress tracker;
    private final int transactionId;
    private final BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(1);

    private Pending(InetSocketAddress tracker, int transactionId) {
      this.tracker = tracker;
      this.transactionId = transactionId;
    }

    int transactionId() {
      return transactionId;
    }

    /** Sends, again or for the first time, and waits so long for an answer to any sending. */
    @Nullable Arrival ask(byte[] packet, long nanos) throws InterruptedException {
      outgoing.add(new Datagram(this, packet));
      return arrivals.poll(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
      waiting.remove(transactionId);
    }
  }

  /** A request to this tracker, with a transaction id that no other one has. */
  Pending begin(InetSocketAddress tracker) throws TrackerFailure {
    open();
    while (true) {
      Pending pending = new Pending(tracker, random.nextInt());
      if (waiting.putIfAbsent(pending.transactionId, pending) == null) {
        return pending;
      }
    }
  }

  private synchronized void open() throws TrackerFailure {
    if (closed) {
      throw new TrackerFailure(Kind.UNREACHABLE, "the client is closed");
    }
    if (channel != null) {
      return;
    }
    try {
      DatagramChannel opened = DatagramChannel.open(family);
      opened.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
      opened.bind(null);
      channel = opened;
      Thread.ofVirtual().name("muster-udp-receive").start(() -> receive(opened));
      sender = Thread.ofVirtual().name("muster-udp-send").start(() -> send(opened));
    } catch (IOException | UnsupportedOperationException e) {
      throw new TrackerFailure(Kind.UNREACHABLE, "no " + family + " here: " + e.getMessage());
    }
  }

  private void send(DatagramChannel to) {
    while (to.isOpen()) {
      Datagram next;
      try {
        next = outgoing.take();
      } catch (InterruptedException closing) {
        return;
      }
      try {
        to.send(ByteBuffer.wrap(next.bytes), next.pending.tracker);
      } catch (IOException | RuntimeException e) { // no route, or an address that cannot be meant
        boolean told =
            next.pending.arrivals.offer(
                new Arrival(Optional.empty(), String.valueOf(e.getMessage())));
        if (!told) {
          continue; // an answer to an earlier sending is there already
        }
      }
    }
  }

  private void receive(DatagramChannel from) {
    ByteBuffer packet = ByteBuffer.allocateDirect(UdpPacket.MAX_LENGTH);
    while (from.isOpen()) {
      try {
        packet.clear();
        if (from.receive(packet) instanceof InetSocketAddress source) {
          arrived(packet.flip(), source);
        }
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        // Some systems report here what became of an earlier packet; its sender waits in vain.
        continue;
      }
    }
  }

  private void arrived(ByteBuffer packet, InetSocketAddress source) {
    if (packet.remaining() < UdpPacket.RESPONSE_HEADER) {
      return;
    }
    Pending pending = waiting.get(packet.getInt(Integer.BYTES));
    if (pending != null && pending.tracker.equals(source)) {
      boolean ipv6 = source.getAddress() instanceof Inet6Address;
      boolean first = pending.arrivals.offer(new Arrival(UdpResponse.decode(packet, ipv6), null));
      if (!first) {
        return; // an answer to a repeated request
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (sender != null) {
      sender.interrupt();
    }
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        System.getLogger(UdpSockets.class.getName())
            .log(System.Logger.Level.DEBUG, "closing a UDP socket", e);
      }
    }
  }
}
