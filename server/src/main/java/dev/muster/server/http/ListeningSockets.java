package dev.muster.server.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Opens listening sockets, and says how they and their connections are set. With epoll there is one
 * for each event loop, so that a connection stays where it was accepted; with NIO one for all.
 */
final class ListeningSockets {
  private static final int BACKLOG = 4096; // the system may have a lower limit of its own
  private static final int READ_BYTES = 16 * 1024;
  private static final int ANSWER_BYTES = 64 * 1024; // more than that waiting, and nothing is read

  /** Then a connection that is still without a request is accepted without. */
  private static final int DEFER_SECONDS = 1;

  /** Connections accepted for one wait, at most; then others have their turn. */
  private static final int ACCEPTS = 32;

  private final EventLoopGroup loops;
  private final boolean epoll;
  private final ByteBufAllocator buffers;

  ListeningSockets(EventLoopGroup loops, boolean epoll, ByteBufAllocator buffers) {
    this.loops = loops;
    this.epoll = epoll;
    this.buffers = buffers;
  }

  /**
   * Listens at an address.
   *
   * <p>Sockets share a port only if each has SO_REUSEPORT. The first is bound without it, so it
   * fails if anybody is there, another tracker of the same user included, which would silently take
   * half of the connections. It gets the option afterwards; whoever comes later without it, as
   * every first socket does, is refused.
   *
   * @param lane is given each socket of epoll's, on its event loop, before it accepts
   * @param accept is given each connection, on its event loop
   * @throws IOException if it cannot; the message names the address, and nothing stays open
   */
  List<Channel> open(
      InetSocketAddress address, Consumer<Channel> lane, Consumer<SocketChannel> accept)
      throws IOException {
    if (!epoll) {
      return List.of(bind(bootstrap(loops, NioServerSocketChannel.class, accept), address));
    }
    List<Channel> sockets = new ArrayList<>();
    InetSocketAddress shared = address;
    try {
      for (EventExecutor loop : loops) {
        if (sockets.size() == 1) {
          sockets.getFirst().config().setOption(UnixChannelOption.SO_REUSEPORT, true);
        }
        Channel socket =
            bind(epollBootstrap((EventLoop) loop, sockets.isEmpty(), lane, accept), shared);
        sockets.add(socket);
        shared = (InetSocketAddress) socket.localAddress();
      }
    } catch (IOException | RuntimeException e) {
      sockets.forEach(socket -> socket.close().awaitUninterruptibly());
      throw e;
    }
    return sockets;
  }

  private ServerBootstrap epollBootstrap(
      EventLoop loop, boolean first, Consumer<Channel> lane, Consumer<SocketChannel> accept) {
    return bootstrap(loop, EpollServerSocketChannel.class, accept)
        .handler(initializer(lane))
        .option(UnixChannelOption.SO_REUSEPORT, !first)
        .option(EpollChannelOption.TCP_DEFER_ACCEPT, DEFER_SECONDS)
        .option(
            ChannelOption.RECVBUF_ALLOCATOR,
            new FixedRecvByteBufAllocator(1)
                .respectMaybeMoreData(false)
                .maxMessagesPerRead(ACCEPTS));
  }

  private ServerBootstrap bootstrap(
      EventLoopGroup group,
      Class<? extends ServerChannel> transport,
      Consumer<SocketChannel> accept) {
    return new ServerBootstrap()
        .group(group)
        .channel(transport)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.ALLOCATOR, buffers)
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childOption(
            ChannelOption.WRITE_BUFFER_WATER_MARK,
            new WriteBufferWaterMark(ANSWER_BYTES / 2, ANSWER_BYTES))
        .childOption(
            ChannelOption.RECVBUF_ALLOCATOR,
            new AdaptiveRecvByteBufAllocator(512, 1024, READ_BYTES).maxMessagesPerRead(1))
        .childHandler(initializer(accept));
  }

  private static <C extends Channel> ChannelInitializer<C> initializer(Consumer<? super C> with) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(C channel) {
        with.accept(channel);
      }
    };
  }

  private static Channel bind(ServerBootstrap bootstrap, InetSocketAddress address)
      throws IOException {
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "cannot listen on " + address + ": " + bound.cause().getMessage(), bound.cause());
    }
    return bound.channel();
  }
}
