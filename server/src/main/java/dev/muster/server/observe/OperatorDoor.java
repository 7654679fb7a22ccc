package dev.muster.server.observe;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * The operator's port: {@code /} for people, {@code /metrics} for Prometheus, {@code /stats.json}
 * for programs, {@code /healthz} for whoever watches that the tracker lives.
 *
 * <p>It has one thread of its own, so that whatever happens here costs the doors nothing but that
 * thread's time. What it may hold is bounded: {@link OperatorSettings#maxConnections} connections,
 * each with one request of at most 16 KiB, one answer, and {@value #READ_BYTES} bytes read ahead.
 */
public final class OperatorDoor implements AutoCloseable {
  private static final int LINE_BYTES = 8192;
  private static final int HEADER_BYTES = 8192;

  /** A read of the socket: small, because all requests in it are decoded at once. */
  private static final int READ_BYTES = 2048;

  private final MultiThreadIoEventLoopGroup loop;
  private final Channel channel;
  private final Connections connections;

  private OperatorDoor(MultiThreadIoEventLoopGroup loop, Channel channel, Connections connections) {
    this.loop = loop;
    this.channel = channel;
    this.connections = connections;
  }

  /**
   * Opens the port.
   *
   * @throws IOException if it cannot listen at that address; the message names it
   */
  public static OperatorDoor open(OperatorSettings settings, Observed observed) throws IOException {
    var meter = new OperatorMeter();
    var readings = new Readings(observed);
    var pages = new OperatorPages(settings, observed, readings, meter);
    var connections = new Connections(settings.maxConnections(), meter);
    var loop =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("muster-operator", true), NioIoHandler.newFactory());
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel connection) {
                    connections.admit(connection);
                    connection
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(limits()),
                            new FlowControlHandler(),
                            new OperatorHandler(
                                pages, meter, connections, settings.timeout().toNanos()));
                  }
                })
            .bind(settings.address())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      throw new IOException(
          "cannot listen on " + settings.address() + ": " + bound.cause().getMessage(),
          bound.cause());
    }
    long period = Readings.SAMPLING.toNanos();
    loop.scheduleAtFixedRate(readings::sample, period, period, TimeUnit.NANOSECONDS);
    return new OperatorDoor(loop, bound.channel(), connections);
  }

  private static HttpDecoderConfig limits() {
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(LINE_BYTES)
        .setMaxHeaderSize(HEADER_BYTES)
        .setMaxChunkSize(READ_BYTES);
  }

  /** Where it listens, with the port that the system has chosen. */
  public InetSocketAddress address() {
    return (InetSocketAddress) channel.localAddress();
  }

  /** Closes the port and all connections to it, within a second. */
  @Override
  public void close() {
    channel.close().awaitUninterruptibly();
    loop.submit(connections::closeAll).awaitUninterruptibly();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
