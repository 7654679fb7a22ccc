package dev.muster.server.udp;

import dev.muster.server.announce.AnnounceService;
import dev.muster.server.observe.DoorMeter;
import dev.muster.server.observe.ReceiveQueues;
import dev.muster.server.udp.linux.BatchSocket;
import dev.muster.server.udp.linux.SocketMemory;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The UDP door for Linux: for each address it listens on, one {@link BatchLoop} a core, among which
 * the kernel spreads the senders.
 *
 * <p>The first socket of an address claims it alone, so that a second Muster on the port fails and
 * says so instead of taking half of the packets; only then do the others join it.
 */
public final class LinuxUdpDoor implements UdpDoor {
  private static final Logger log = LoggerFactory.getLogger(LinuxUdpDoor.class);
  private static final Duration JOIN = Duration.ofMillis(700);

  private final UdpSettings settings;
  private final AnnounceService service;
  private final ConnectionIds ids;
  private final DoorMeter meter;
  private final UdpClocks clocks;
  private final SplittableRandom random;
  private final Duration join; // how long close() waits for the threads
  private volatile List<BatchLoop> loops = List.of();
  private volatile List<InetSocketAddress> addresses = List.of();
  private boolean closed;

  /**
   * @param settings how it is set up
   * @param service answers the announces
   * @param ids proves the senders
   * @param meter counts what happens at this door
   * @param clocks what time it is
   * @param random this door's own from now on
   */
  public LinuxUdpDoor(
      UdpSettings settings,
      AnnounceService service,
      ConnectionIds ids,
      DoorMeter meter,
      UdpClocks clocks,
      SplittableRandom random) {
    this(settings, service, ids, meter, clocks, random, JOIN);
  }

  LinuxUdpDoor(
      UdpSettings settings,
      AnnounceService service,
      ConnectionIds ids,
      DoorMeter meter,
      UdpClocks clocks,
      SplittableRandom random,
      Duration join) {
    this.settings = settings;
    this.service = service;
    this.ids = ids;
    this.meter = meter;
    this.clocks = clocks;
    this.random = random;
    this.join = join;
  }

  /** Whether this machine can run it. */
  public static boolean isAvailable() {
    return BatchSocket.isAvailable();
  }

  @Override
  public synchronized void start() throws IOException {
    if (closed || !loops.isEmpty()) {
      throw new IllegalStateException("a door is started once");
    }
    List<BatchSocket> sockets = new ArrayList<>();
    List<BatchLoop> made = new ArrayList<>();
    List<InetSocketAddress> told = new ArrayList<>();
    try {
      for (InetSocketAddress address : settings.listen()) {
        if (!UdpSockets.isHeardAlready(address, settings.listen())) {
          BatchSocket first = claim(address);
          sockets.add(first);
          for (int i = 1; i < settings.threads(); i++) {
            sockets.add(first.another(settings.receiveBufferBytes(), BatchLoop.PATIENCE));
          }
          UdpSockets.tell(first.address(), told);
        }
      }
      for (BatchSocket socket : sockets) {
        made.add(loop(socket, "udp-" + made.size()));
      }
    } catch (IOException | RuntimeException | Error e) {
      made.forEach(BatchLoop::close);
      sockets.forEach(BatchSocket::close);
      throw e;
    }
    sayIfBuffersAreSmall(made);
    loops = List.copyOf(made);
    addresses = List.copyOf(told);
    meter.watch(this::queues);
    loops.forEach(BatchLoop::start);
  }

  private BatchLoop loop(BatchSocket socket, String name) {
    int maxReplyBytes = settings.maxReplyBytes();
    UdpResponder responder =
        new UdpResponder(service, ids, meter, maxReplyBytes, clocks, random.split());
    return new BatchLoop(socket, responder, maxReplyBytes, meter, clocks.nanos(), name);
  }

  private BatchSocket claim(InetSocketAddress address) throws IOException {
    try {
      return claimAt(address);
    } catch (SocketException e) {
      if (UdpSockets.isEverywhere(address) && !(e instanceof BindException)) {
        log.warn("no IPv6 on this machine, UDP listens on IPv4 only: {}", e.getMessage());
        InetAddress ipv4 = InetAddress.getByAddress(new byte[4]);
        return claimAt(new InetSocketAddress(ipv4, address.getPort()));
      }
      throw UdpSockets.cannotListen(address, e);
    }
  }

  private BatchSocket claimAt(InetSocketAddress address) throws IOException {
    return BatchSocket.claim(address, settings.receiveBufferBytes(), BatchLoop.PATIENCE);
  }

  private void sayIfBuffersAreSmall(List<BatchLoop> made) {
    if (made.isEmpty()) {
      return;
    }
    long given = made.getFirst().memory().receiveBufferBytes() / 2; // it counts its overhead in
    if (given >= 0 && given < settings.receiveBufferBytes()) {
      UdpSockets.tellOfSmallBuffer(given, settings.receiveBufferBytes());
    }
  }

  private ReceiveQueues queues() {
    long bytes = 0;
    long lost = 0;
    for (BatchLoop loop : loops) {
      SocketMemory memory = loop.memory();
      if (memory.lost() < 0) {
        return ReceiveQueues.UNKNOWN;
      }
      bytes += memory.receiveBufferBytes();
      lost += memory.lost();
    }
    return new ReceiveQueues(bytes, lost);
  }

  @Override
  public List<InetSocketAddress> addresses() {
    return addresses;
  }

  @Override
  public synchronized void close() {
    closed = true;
    loops.forEach(BatchLoop::finish);
    long deadline = clocks.nanos().getAsLong() + join.toNanos();
    for (BatchLoop loop : loops) {
      try {
        if (loop.join(Duration.ofNanos(Math.max(1, deadline - clocks.nanos().getAsLong())))) {
          loop.close();
        } else {
          log.warn("the UDP door did not finish in time"); // its memory stays: it may be in use
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    loops = List.of();
  }
}
