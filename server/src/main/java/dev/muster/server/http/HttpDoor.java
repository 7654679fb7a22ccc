package dev.muster.server.http;

import dev.muster.protocol.announce.Refusal;
import dev.muster.protocol.id.Address;
import dev.muster.server.announce.AnnounceService;
import dev.muster.server.observe.DoorMeter;
import dev.muster.server.observe.FaultLog;
import dev.muster.server.tls.Tls;
import dev.muster.server.tls.TlsException;
import dev.muster.server.tls.TlsOpening;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Announce and scrape over HTTP/1.1 and HTTP/1.0, on one or more addresses, plain or TLS. Event
 * loops run on epoll where it is there, else on NIO. Thread-safe.
 */
public final class HttpDoor implements AutoCloseable {
  private static final int PROXY_TLV_BYTES = 512;

  private static final int LET_ARRIVE_TIMES = 8;

  /**
   * How long closing may take, in milliseconds.
   *
   * @param letArrive between two looks whether anything more has come
   * @param inFlight until connections with a request in flight are closed as well
   * @param loops for closing them, and for the loops to end
   */
  record Closing(long letArrive, long inFlight, long loops) {
    static final Closing PROMPT = new Closing(60, 700, 300);
  }

  private final HttpSettings settings;
  private final Closing closing;
  private final DoorMeter meter;
  private final ClientAddresses clients;
  private final FaultLog faults;
  private final LongSupplier nanos;
  private final ByteBufAllocator buffers;
  private final Responders responders;
  private final FastThreadLocal<PlainGet> plainGets;
  private final MultiThreadIoEventLoopGroup loops;
  private final ListeningSockets sockets;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final AtomicInteger open = new AtomicInteger();
  private final LongAdder accepted = new LongAdder();
  private final List<Channel> listening = new ArrayList<>();
  private final List<Channel> listeningTls = new ArrayList<>();
  private volatile boolean draining;

  private HttpDoor(
      HttpSettings settings,
      Closing closing,
      AnnounceService service,
      DoorMeter meter,
      LongSupplier nanos,
      SplittableRandom random,
      ByteBufAllocator buffers,
      boolean epoll) {
    this.settings = settings;
    this.plainGets =
        new FastThreadLocal<>() {
          @Override
          protected PlainGet initialValue() {
            return new PlainGet(settings.maxRequestLine(), RequestDecoder.HEADER_BYTES);
          }
        };
    this.closing = closing;
    this.meter = meter;
    this.buffers = buffers;
    this.nanos = nanos;
    this.faults = new FaultLog(nanos);
    this.clients = new ClientAddresses(settings.addressSource(), settings.trustedProxies());
    this.responders =
        new Responders(service, meter, clients, settings.trustIpParameter(), faults, nanos, random);
    this.loops =
        new MultiThreadIoEventLoopGroup(
            settings.threads(),
            new DefaultThreadFactory("muster-http", true),
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    this.sockets = new ListeningSockets(loops, epoll, buffers);
  }

  /**
   * Opens the door; when this returns it answers, where it listens without TLS.
   *
   * @param service what answers
   * @param meter what counts
   * @param nanos a clock of nanoseconds that never runs backwards; its whole seconds have to be
   *     those of all that share the swarms
   * @param random spreads intervals
   * @throws IOException if it cannot listen; the message names the address, and nothing stays open
   */
  public static HttpDoor open(
      HttpSettings settings,
      AnnounceService service,
      DoorMeter meter,
      LongSupplier nanos,
      SplittableRandom random)
      throws IOException {
    return open(
        settings,
        Closing.PROMPT,
        service,
        meter,
        nanos,
        random,
        ByteBufAllocator.DEFAULT,
        Epoll.isAvailable());
  }

  static HttpDoor open(
      HttpSettings settings,
      Closing closing,
      AnnounceService service,
      DoorMeter meter,
      LongSupplier nanos,
      SplittableRandom random,
      ByteBufAllocator buffers,
      boolean epoll)
      throws IOException {
    HttpDoor door = new HttpDoor(settings, closing, service, meter, nanos, random, buffers, epoll);
    try {
      door.listen();
    } catch (IOException | RuntimeException e) {
      door.close();
      throw e;
    }
    return door;
  }

  private void listen() throws IOException {
    for (InetSocketAddress address : settings.listen()) {
      listening.addAll(sockets.open(address, this::openLane, channel -> accept(channel, null)));
    }
  }

  /**
   * Opens it for TLS too, if it is to be: waits for the certificate, and when this returns it
   * answers there as well. Call it once.
   *
   * @throws IOException if it cannot listen, or has no good certificate ({@link TlsException}); the
   *     message names the address or the file, and the door has to be closed
   */
  public void listenWithTls() throws IOException {
    if (settings.tls().isPresent()) {
      TlsSettings secured = settings.tls().get();
      Tls tls = secured.opening().await();
      for (InetSocketAddress address : secured.listen()) {
        listeningTls.addAll(sockets.open(address, socket -> {}, channel -> accept(channel, tls)));
      }
    }
  }

  /** Puts a lane before the acceptor; on its event loop, whose responder it uses. */
  private void openLane(Channel socket) {
    socket
        .pipeline()
        .addLast(
            new OneShotLane(
                plainGets.get(),
                responders.get(),
                meter,
                faults,
                nanos,
                buffers,
                this::mayAnswerAtOnce));
  }

  private boolean mayAnswerAtOnce(Address hop) {
    if (draining || open.get() >= settings.maxConnections() || clients.expectsProxyHeader(hop)) {
      return false;
    }
    accepted.increment();
    return true;
  }

  private void accept(SocketChannel channel, @Nullable Tls secured) {
    try {
      serve(channel, secured);
    } catch (RuntimeException | Error e) {
      meter.refuse(Refusal.INTERNAL);
      faults.fault("accepting a connection over HTTP", e);
      FirstBytes.drop(channel);
      channel.close();
    }
  }

  private void serve(SocketChannel channel, @Nullable Tls secured) {
    InetSocketAddress remote = channel.remoteAddress();
    if (remote == null) { // reset before it was accepted
      FirstBytes.drop(channel);
      channel.close();
      return;
    }
    if (open.incrementAndGet() > settings.maxConnections() || draining) {
      FirstBytes.drop(channel);
      open.decrementAndGet();
      meter.refuse(Refusal.TOO_MANY_CONNECTIONS);
      if (secured != null) {
        channel.close(); // a handshake would cost what the limit is there to save
        return;
      }
      channel
          .writeAndFlush(
              Responder.text(
                  channel.alloc(),
                  Status.UNAVAILABLE,
                  "too many connections, try again later",
                  false,
                  Persistence.CLOSE))
          .addListener(written -> channel.close());
      return;
    }
    accepted.increment();
    meter.opened();
    channel
        .closeFuture()
        .addListener(closed -> {
          open.decrementAndGet();
          meter.closed();
        });
    connections.add(channel);
    Address socket = Address.of(remote.getAddress());
    if (clients.expectsProxyHeader(socket)) {
      channel.pipeline().addLast(new HAProxyMessageDecoder(PROXY_TLV_BYTES));
    }
    RequestDecoder decoder =
        new RequestDecoder(settings.maxRequestLine(), plainGets.get(), meter, nanos);
    Connection connection =
        new Connection(
            decoder, responders.get(), meter, faults, () -> draining, nanos, settings, socket);
    if (secured != null) {
      channel.pipeline().addLast(new TlsGate(secured, decoder, connection));
    }
    channel.pipeline().addLast(decoder, connection);
    FirstBytes.takeUp(channel, connection);
  }

  /** Where it listens, with the ports that the system has chosen. */
  public List<InetSocketAddress> addresses() {
    return addresses(listening);
  }

  /** Where it listens with TLS, likewise. */
  public List<InetSocketAddress> tlsAddresses() {
    return addresses(listeningTls);
  }

  private static List<InetSocketAddress> addresses(List<Channel> listening) {
    return listening.stream()
        .map(channel -> (InetSocketAddress) channel.localAddress())
        .distinct()
        .toList();
  }

  /** Connections open now. */
  public int connections() {
    return open.get();
  }

  /** Closes the door: answers what is in flight, within two seconds. */
  @Override
  public void close() {
    List<Channel> doors = new ArrayList<>(listening);
    doors.addAll(listeningTls);
    if (!doors.isEmpty()) {
      letArrive();
    }
    draining = true;
    for (Channel channel : doors) {
      channel.close().awaitUninterruptibly();
    }
    if (!connections.isEmpty()) {
      for (Channel channel : connections) {
        channel
            .eventLoop()
            .execute(() -> channel.pipeline().fireUserEventTriggered(Connection.Event.DRAIN));
      }
      connections.newCloseFuture().awaitUninterruptibly(closing.inFlight());
      connections.close().awaitUninterruptibly(closing.loops());
    }
    loops.shutdownGracefully(0, closing.loops(), TimeUnit.MILLISECONDS).awaitUninterruptibly();
    settings.tls().map(TlsSettings::opening).ifPresent(TlsOpening::close);
  }

  /**
   * Serves as ever for a moment. A request may have come that was not read yet, on a connection
   * that was not accepted yet, and closing would reset it. When every loop has come round and none
   * has found anything, that is over; or when enough time has gone by.
   */
  private void letArrive() {
    for (int i = 0; i < LET_ARRIVE_TIMES; i++) {
      long before = arrived();
      List<Future<?>> rounds = new ArrayList<>();
      for (EventExecutor loop : loops) {
        rounds.add(loop.schedule(() -> {}, closing.letArrive(), TimeUnit.MILLISECONDS));
      }
      rounds.forEach(Future::awaitUninterruptibly);
      if (arrived() == before) {
        return;
      }
    }
  }

  private long arrived() {
    return accepted.sum() + meter.bytesReceived();
  }
}
