package dev.muster.server.udp;

import dev.muster.protocol.udp.SourceAddress;
import dev.muster.server.announce.AnnounceService;
import dev.muster.server.observe.DoorMeter;
import dev.muster.server.observe.FaultLog;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The UDP door that runs wherever Java does: one platform thread that selects among its sockets,
 * reads what waits there in batches, and answers each batch.
 *
 * <p>What goes wrong with one packet, on the way in or out, is counted as dropped and stops
 * nothing: UDP clients ask again. The JDK allocates the sender's address for each packet; nothing
 * else is allocated.
 */
public final class NioUdpDoor implements UdpDoor {
  private static final Logger log = LoggerFactory.getLogger(NioUdpDoor.class);

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final int BATCH = 64; // more gains nothing, and the first of them waits longer

  /** How often the machine's addresses are looked at, where the door listens on all of them. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  private static final Duration DRAIN = Duration.ofMillis(200);
  private static final Duration JOIN = Duration.ofMillis(700);
  private static final long PAUSE_AFTER_FAILURE = Duration.ofMillis(1).toNanos();

  /** How reading a batch ended. */
  private enum Read {
    EMPTIED,
    FULL,
    FAILED
  }

  private final UdpSettings settings;
  private final DoorMeter meter;
  private final UdpResponder responder;
  private final UdpSockets sockets;
  private final FaultLog faults;
  private final LongSupplier nanos;
  private final Duration join; // how long close() waits for the thread
  private final UdpBatch batch;
  private final ByteBuffer[] packets = new ByteBuffer[BATCH];
  private final ByteBuffer[] replies = new ByteBuffer[BATCH];
  private final InetSocketAddress[] senders = new InetSocketAddress[BATCH];
  private final List<LocalSockets> locals = new ArrayList<>();

  private List<DatagramChannel> channels = List.of();
  private @Nullable Selector selector;
  private @Nullable Thread thread;
  private volatile List<InetSocketAddress> addresses = List.of();
  private volatile boolean closing;

  /**
   * @param settings how it is set up
   * @param service answers the announces
   * @param ids proves the senders
   * @param meter counts what happens at this door
   * @param clocks what time it is
   * @param random this door's own from now on
   */
  public NioUdpDoor(
      UdpSettings settings,
      AnnounceService service,
      ConnectionIds ids,
      DoorMeter meter,
      UdpClocks clocks,
      SplittableRandom random) {
    this(
        settings,
        meter,
        new UdpResponder(service, ids, meter, settings.maxReplyBytes(), clocks, random),
        new UdpSockets(DatagramChannel::open),
        clocks,
        JOIN);
  }

  NioUdpDoor(
      UdpSettings settings,
      DoorMeter meter,
      UdpResponder responder,
      UdpSockets sockets,
      UdpClocks clocks,
      Duration join) {
    this.join = join;
    this.faults = new FaultLog(clocks.nanos());
    this.nanos = clocks.nanos();
    this.settings = settings;
    this.meter = meter;
    this.responder = responder;
    this.sockets = sockets;
    int replyBytes = settings.maxReplyBytes();
    ByteBuffer in = ByteBuffer.allocateDirect(BATCH * UdpBatch.PACKET_BYTES);
    ByteBuffer out = ByteBuffer.allocateDirect(BATCH * replyBytes);
    batch = new UdpBatch(BATCH, in, out, replyBytes);
    for (int i = 0; i < BATCH; i++) {
      packets[i] = in.slice(i * UdpBatch.PACKET_BYTES, UdpBatch.PACKET_BYTES);
      replies[i] = out.slice(i * replyBytes, replyBytes);
    }
  }

  @Override
  public synchronized void start() throws IOException {
    if (closing || thread != null) {
      throw new IllegalStateException("a door is started once");
    }
    List<DatagramChannel> opened = sockets.open(settings);
    Selector selecting = null;
    try {
      selecting = Selector.open();
      for (DatagramChannel channel : opened) {
        channel.register(selecting, SelectionKey.OP_READ);
        if (((InetSocketAddress) channel.getLocalAddress()).getAddress().isAnyLocalAddress()) {
          locals.add(
              new LocalSockets(
                  sockets, channel, settings.receiveBufferBytes(), LocalSockets::ofThisMachine));
        }
      }
      look(selecting);
      addresses = UdpSockets.addresses(opened);
    } catch (IOException | RuntimeException e) {
      UdpSockets.closeAll(opened);
      locals.forEach(LocalSockets::close);
      if (selecting != null) {
        selecting.close();
      }
      throw e;
    }
    Selector running = selecting;
    channels = opened;
    selector = running;
    thread = Thread.ofPlatform().name("udp").daemon(false).start(() -> run(running));
  }

  @Override
  public List<InetSocketAddress> addresses() {
    return addresses;
  }

  @Override
  public synchronized void close() {
    closing = true;
    if (thread == null || selector == null) {
      return;
    }
    selector.wakeup();
    try {
      if (!thread.join(join)) {
        log.warn("the UDP door did not finish in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    UdpSockets.closeAll(channels);
    locals.forEach(LocalSockets::close);
    try {
      selector.close();
    } catch (IOException e) {
      log.warn("the UDP selector did not close cleanly: {}", e.getMessage());
    }
    thread = null;
  }

  private void run(Selector running) {
    long looked = nanos.getAsLong();
    while (!closing) {
      try {
        running.select(
            key -> serve((DatagramChannel) key.channel()), locals.isEmpty() ? 0 : LOOK.toMillis());
        if (!locals.isEmpty() && nanos.getAsLong() - looked >= LOOK.toNanos()) {
          looked = nanos.getAsLong();
          look(running);
        }
      } catch (IOException | RuntimeException | Error e) {
        // The door is to outlive even a lack of memory.
        faults.fault("waiting for UDP packets", e);
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE);
      }
    }
    drain(running.keys().stream().map(key -> (DatagramChannel) key.channel()).toList());
  }

  /** Follows the machine's addresses. */
  private void look(Selector selecting) throws IOException {
    for (LocalSockets each : locals) {
      for (DatagramChannel channel : each.follow()) {
        channel.register(selecting, SelectionKey.OP_READ);
      }
    }
  }

  /** What had come when the door was told to close is answered, unless that takes too long. */
  private void drain(List<DatagramChannel> served) {
    long deadline = nanos.getAsLong() + DRAIN.toNanos();
    for (DatagramChannel channel : served) {
      boolean more = true;
      while (more && nanos.getAsLong() - deadline < 0) {
        more = serve(channel);
      }
    }
  }

  /** Reads a batch and answers it; says whether there was anything. */
  boolean serve(DatagramChannel channel) {
    batch.clear();
    Read read = receive(channel);
    if (batch.packets() > 0) {
      long received = nanos.getAsLong();
      meter.received(batch.bytes());
      responder.answer(batch);
      send(channel, received);
    } else if (read == Read.FAILED) {
      LockSupport.parkNanos(PAUSE_AFTER_FAILURE); // should it fail for good, do not burn the core
    }
    return read == Read.FULL || batch.packets() > 0;
  }

  private Read receive(DatagramChannel channel) {
    for (int read = 0; read < BATCH; read++) { // not all that is read is filed, see take
      int next = batch.packets();
      ByteBuffer packet = packets[next].clear();
      try {
        InetSocketAddress sender = (InetSocketAddress) channel.receive(packet);
        if (sender == null) {
          return Read.EMPTIED;
        }
        take(next, packet.position(), sender);
      } catch (ClosedChannelException e) {
        return Read.FAILED;
      } catch (IOException e) {
        // Such as PortUnreachableException: news of an earlier reply that was not wanted.
        meter.drop();
        return Read.FAILED;
      }
    }
    return Read.FULL;
  }

  private void take(int index, int length, InetSocketAddress sender) {
    if (sender.getPort() == 0) {
      meter.drop(); // nothing can be sent there
      return;
    }
    senders[index] = sender;
    byte[] address = sender.getAddress().getAddress();
    if (address.length == 4) {
      int bits = (int) INT.get(address, 0);
      batch.received(length, SourceAddress.IPV4_HIGH, SourceAddress.ipv4Low(bits));
    } else {
      batch.received(length, (long) LONG.get(address, 0), (long) LONG.get(address, 8));
    }
  }

  private void send(DatagramChannel channel, long received) {
    int answers = 0;
    long bytes = 0;
    for (int i = 0; i < batch.packets(); i++) {
      int length = batch.exchange(i).replyLength();
      if (length == 0) {
        continue;
      }
      try {
        if (channel.send(replies[i].clear().limit(length), senders[i]) == 0) {
          meter.drop(); // the system's buffer is full
        } else {
          answers++;
          bytes += length;
        }
      } catch (ClosedChannelException e) {
        break;
      } catch (IOException e) {
        meter.drop(); // no route, forbidden by a filter
      }
    }
    meter.sent(bytes);
    meter.took(nanos.getAsLong() - received, answers);
  }
}
