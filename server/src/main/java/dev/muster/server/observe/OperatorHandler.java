package dev.muster.server.observe;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the operator's port: takes requests one after the other and sends their
 * answers.
 *
 * <p>Whoever sends more requests than it takes answers is not read from until it does, so that a
 * connection never holds more than one answer and one read of the socket. Each request has a
 * deadline, from the end of the one before to the last byte of its own answer.
 */
final class OperatorHandler extends ChannelDuplexHandler {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorDoor.class);

  private final OperatorPages pages;
  private final OperatorMeter meter;
  private final Connections connections;
  private final long timeoutNanos;
  private @Nullable HttpRequest request;
  private @Nullable Future<?> deadline;
  private boolean ending;

  OperatorHandler(
      OperatorPages pages, OperatorMeter meter, Connections connections, long timeoutNanos) {
    this.pages = pages;
    this.meter = meter;
    this.connections = connections;
    this.timeoutNanos = timeoutNanos;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    await(ctx);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    stopWaiting();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (ending) {
        return;
      }
      if (message instanceof HttpRequest head) {
        head(ctx, head);
      } else if (message instanceof HttpContent content) {
        content(ctx, content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void head(ChannelHandlerContext ctx, HttpRequest head) {
    if (head.decoderResult().isFailure()) {
      end(ctx, malformed(head.decoderResult().cause()));
    } else if (HttpUtil.getContentLength(head, 0) > 0 || HttpUtil.isTransferEncodingChunked(head)) {
      end(
          ctx,
          Reply.of(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "No request here has a body."));
    } else {
      request = head;
    }
  }

  private void content(ChannelHandlerContext ctx, HttpContent content) {
    HttpRequest asked = request;
    if (content.decoderResult().isFailure() || content.content().isReadable()) {
      end(ctx, Reply.of(HttpResponseStatus.BAD_REQUEST, "No request here has a body."));
    } else if (asked != null && content instanceof LastHttpContent) {
      request = null;
      answer(ctx, asked);
    }
  }

  private void answer(ChannelHandlerContext ctx, HttpRequest asked) {
    Reply reply;
    try {
      reply = pages.answer(asked, ((SocketChannel) ctx.channel()).localAddress().getAddress());
    } catch (RuntimeException e) {
      LOG.warn("the operator's port could not answer a request", e);
      reply = Reply.of(HttpResponseStatus.INTERNAL_SERVER_ERROR, "This went wrong; see the log.");
    }
    if (reply.status().equals(HttpResponseStatus.OK) && pages.isOperators(asked)) {
      connections.trust(ctx.channel());
    }
    if (!HttpUtil.isKeepAlive(asked) || reply.status().equals(HttpResponseStatus.BAD_REQUEST)) {
      end(ctx, reply);
      return;
    }
    ChannelFuture sent = send(ctx, reply, asked.protocolVersion(), true);
    if (sent.isDone()) {
      await(ctx);
    } else {
      ctx.channel().config().setAutoRead(false);
      sent.addListener(done -> {
        await(ctx);
        ctx.channel().config().setAutoRead(true);
      });
    }
  }

  /** Sends a last answer, then waits for the other side to close. */
  private void end(ChannelHandlerContext ctx, Reply reply) {
    ending = true;
    // closing at once while bytes are still coming in would make TCP throw the answer away
    send(ctx, reply, HttpVersion.HTTP_1_1, false)
        .addListener(sent -> ((SocketChannel) ctx.channel()).shutdownOutput());
  }

  private ChannelFuture send(
      ChannelHandlerContext ctx, Reply reply, HttpVersion asked, boolean keepAlive) {
    meter.answered(reply.status().code());
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, reply.status(), Unpooled.wrappedBuffer(reply.bytes()));
    HttpHeaders headers = response.headers();
    headers.set(HttpHeaderNames.CONTENT_TYPE, reply.contentType());
    headers.setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
    headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    headers.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, StatusPage.CONTENT_SECURITY_POLICY);
    headers.set("x-content-type-options", "nosniff");
    headers.set("x-frame-options", "DENY");
    headers.set("referrer-policy", "no-referrer");
    headers.set("cross-origin-resource-policy", "same-origin");
    if (reply.status().equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
      headers.set(HttpHeaderNames.ALLOW, "GET, HEAD");
    }
    if (reply.status().equals(HttpResponseStatus.UNAUTHORIZED)) {
      headers.add(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer realm=\"muster\"");
      headers.add(HttpHeaderNames.WWW_AUTHENTICATE, "Basic realm=\"muster\", charset=\"UTF-8\"");
    }
    HttpUtil.setKeepAlive(headers, asked, keepAlive);
    return ctx.writeAndFlush(response);
  }

  private static Reply malformed(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException tooLong ->
          Reply.of(HttpResponseStatus.REQUEST_URI_TOO_LONG, "The request line is over 8 KiB.");
      case TooLongHttpHeaderException tooLong ->
          Reply.of(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The header is over 8 KiB.");
      default -> Reply.of(HttpResponseStatus.BAD_REQUEST, "This is not an HTTP/1.1 request.");
    };
  }

  private void await(ChannelHandlerContext ctx) {
    stopWaiting();
    deadline =
        ctx.executor()
            .schedule(
                () -> {
                  if (!ending) {
                    meter.timeOut();
                  }
                  ctx.close();
                },
                timeoutNanos,
                TimeUnit.NANOSECONDS);
  }

  private void stopWaiting() {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) { // resets are the other side's affair
      LOG.warn("a connection to the operator's port failed", cause);
    }
    ctx.close();
  }
}
