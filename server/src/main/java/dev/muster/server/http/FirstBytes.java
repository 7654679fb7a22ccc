package dev.muster.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/**
 * Takes up, as soon as a connection is registered, what {@link OneShotLane} has left: bytes that
 * were read already, or the rest of an answer.
 */
final class FirstBytes extends ChannelInboundHandlerAdapter {
  private static final AttributeKey<ByteBuf> READ = AttributeKey.valueOf("muster.read");
  private static final AttributeKey<ByteBuf> ANSWER = AttributeKey.valueOf("muster.answer");

  private final Connection connection;
  private @Nullable ByteBuf read;
  private @Nullable ByteBuf answer;

  private FirstBytes(Connection connection, @Nullable ByteBuf read, @Nullable ByteBuf answer) {
    this.connection = connection;
    this.read = read;
    this.answer = answer;
  }

  /** These bytes were read before the connection was registered; they now belong to it. */
  static void leave(Channel channel, ByteBuf read) {
    channel.attr(READ).set(read);
  }

  /** This has still to be sent, and nothing more; it now belongs to the connection. */
  static void leaveAnswer(Channel channel, ByteBuf answer) {
    channel.attr(ANSWER).set(answer);
  }

  /** Puts itself before all other handlers of a connection that something was left for. */
  static void takeUp(Channel channel, Connection connection) {
    ByteBuf read = channel.attr(READ).getAndSet(null);
    ByteBuf answer = channel.attr(ANSWER).getAndSet(null);
    if (read != null || answer != null) {
      channel.pipeline().addFirst(new FirstBytes(connection, read, answer));
    }
  }

  /** For a connection that is not to be served. */
  static void drop(Channel channel) {
    for (ByteBuf left :
        new ByteBuf[] {channel.attr(READ).getAndSet(null), channel.attr(ANSWER).getAndSet(null)}) {
      if (left != null) {
        left.release();
      }
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.fireChannelActive();
    ByteBuf first = read;
    ByteBuf rest = answer;
    read = null;
    answer = null;
    if (rest != null) {
      connection.finish(ctx.pipeline().context(connection), rest);
    }
    if (first != null) {
      ctx.fireChannelRead(first);
      ctx.fireChannelReadComplete();
    }
    ctx.pipeline().remove(this);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (read != null) {
      read.release();
    }
    if (answer != null) {
      answer.release();
    }
  }
}
