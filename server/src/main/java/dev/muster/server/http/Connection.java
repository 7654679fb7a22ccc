package dev.muster.server.http;

import dev.muster.protocol.announce.Refusal;
import dev.muster.protocol.id.Address;
import dev.muster.server.observe.DoorMeter;
import dev.muster.server.observe.FaultLog;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProtocolException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A connection: answers its requests in order, and sees that it ends. All on its event loop.
 *
 * <p>How it ends: after the last answer it is closed at once if the client has sent nothing more
 * than it was asked for. If it may be sending still (a request too long, a body nobody wants), only
 * the writing side is shut, and what comes is thrown away for a moment: closing a socket with bytes
 * unread makes the system reset the connection, and the client would lose the answer.
 */
final class Connection extends ChannelInboundHandlerAdapter {
  /** What a body of a request may be: there is no use for one, but no harm in it either. */
  private static final long BODY_BYTES = 16 * 1024;

  private static final long LINGER_BYTES = 4 << 20;
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Sent through the pipeline when the door closes. */
  enum Event {
    DRAIN
  }

  private final RequestDecoder decoder;
  private final Responder responder;
  private final DoorMeter meter;
  private final FaultLog faults;
  private final BooleanSupplier draining;
  private final LongSupplier nanos;
  private final long requestNanos;
  private final long idleNanos;

  private Address hop;
  private boolean last; // no more requests are taken
  private boolean answered; // of the request now being read
  private boolean lingering;
  private boolean writing; // answers wait to be taken
  private long writingSince;
  private long lingeringSince;
  private long idleSince;
  private long bodyBytes;
  private int unflushed; // answers
  private @Nullable Future<?> timer;
  private @Nullable SslHandler tls;

  Connection(
      RequestDecoder decoder,
      Responder responder,
      DoorMeter meter,
      FaultLog faults,
      BooleanSupplier draining,
      LongSupplier nanos,
      HttpSettings settings,
      Address hop) {
    this.decoder = decoder;
    this.responder = responder;
    this.meter = meter;
    this.faults = faults;
    this.draining = draining;
    this.nanos = nanos;
    this.requestNanos = settings.requestTimeout().toNanos();
    this.idleNanos = settings.idleTimeout().toNanos();
    this.hop = hop;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    idleSince = nanos.getAsLong();
    schedule(ctx, Math.min(idleNanos, requestNanos));
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  /** From now on it is encrypted by this. */
  void secure(SslHandler tls) {
    this.tls = tls;
  }

  private boolean isInHandshake() {
    return tls != null && !tls.handshakeFuture().isDone();
  }

  // -- requests

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof PlainGet request) {
      plain(ctx, request);
      ended(ctx);
      return;
    }
    try {
      if (message instanceof HAProxyMessage proxied) {
        String source = proxied.sourceAddress(); // none if the proxy speaks for itself
        hop = source == null ? hop : Address.parse(source).orElse(hop);
        return;
      }
      if (message instanceof HttpRequest request) {
        bodyBytes = 0;
        request(ctx, request);
      }
      if (message instanceof HttpContent content) {
        body(ctx, content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void plain(ChannelHandlerContext ctx, PlainGet request) {
    if (!last && ctx.channel().isActive()) {
      Persistence persistence = draining.getAsBoolean() ? Persistence.CLOSE : request.persistence();
      write(ctx, responder.answer(ctx.alloc(), request, hop, persistence));
      last = persistence == Persistence.CLOSE;
    }
  }

  private void request(ChannelHandlerContext ctx, HttpRequest request) {
    if (last || !ctx.channel().isActive()) {
      return;
    }
    if (request.decoderResult().isFailure()) {
      Throwable cause = request.decoderResult().cause();
      Status status = BadRequest.statusFor(cause);
      refuse(
          ctx,
          status == Status.BAD_REQUEST ? Refusal.MALFORMED : Refusal.TOO_LARGE,
          status,
          BadRequest.sentenceFor(cause));
      return;
    }
    if (HttpUtil.getContentLength(request, 0L) > BODY_BYTES) {
      refuse(ctx, Refusal.TOO_LARGE, Status.CONTENT_TOO_LARGE, "no body is wanted here");
      return;
    }
    Persistence persistence = draining.getAsBoolean() ? Persistence.CLOSE : Persistence.of(request);
    write(ctx, responder.answer(ctx.alloc(), request, hop, persistence));
    last = persistence == Persistence.CLOSE;
  }

  private void body(ChannelHandlerContext ctx, HttpContent content) {
    bodyBytes += content.content().readableBytes();
    boolean whole = content instanceof LastHttpContent;
    boolean bad = content.decoderResult().isFailure() || bodyBytes > BODY_BYTES;
    if (bad && !lingering) { // it has its answer already
      linger(ctx);
    } else if (whole) {
      ended(ctx);
    }
  }

  /** A request has come to its end. */
  private void ended(ChannelHandlerContext ctx) {
    answered = false;
    idleSince = decoder.readAt();
    if (last && !lingering) {
      decoder.discard();
      ctx.write(Unpooled.EMPTY_BUFFER).addListener(written -> ctx.close());
    }
  }

  /** Answers what is no request, or no acceptable one, and ends. */
  private void refuse(ChannelHandlerContext ctx, Refusal reason, Status status, String sentence) {
    meter.refuse(reason);
    write(ctx, Responder.text(ctx.alloc(), status, sentence, false, Persistence.CLOSE));
    linger(ctx);
  }

  private void write(ChannelHandlerContext ctx, ByteBuf answer) {
    answered = true;
    unflushed++;
    meter.sent(answer.readableBytes());
    ctx.write(answer, ctx.voidPromise());
  }

  /** Sends the rest of an answer that is the last. */
  void finish(ChannelHandlerContext ctx, ByteBuf rest) {
    last = true;
    decoder.discard();
    ctx.write(rest).addListener(written -> ctx.close());
    flush(ctx);
  }

  // -- flow

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    flush(ctx);
    if (lingering && decoder.discarded() > LINGER_BYTES) {
      ctx.close();
    }
  }

  private void flush(ChannelHandlerContext ctx) {
    ctx.flush();
    if (unflushed > 0) {
      meter.took(Math.max(0, nanos.getAsLong() - decoder.readAt()), unflushed);
      unflushed = 0;
    }
    if (!writing && !lingering && ctx.channel().isActive() && hasPending(ctx)) {
      writing = true;
      writingSince = nanos.getAsLong();
      // a mark behind what waits now: when it is through, the client has taken something
      ctx.write(Unpooled.EMPTY_BUFFER).addListener(mark -> taken(ctx, mark.isSuccess()));
      ctx.flush();
    }
  }

  private static boolean hasPending(ChannelHandlerContext ctx) {
    return ctx.channel().bytesBeforeUnwritable()
        < ctx.channel().config().getWriteBufferHighWaterMark();
  }

  private void taken(ChannelHandlerContext ctx, boolean success) {
    writing = false;
    if (success && ctx.channel().isActive()) {
      later(ctx, () -> flush(ctx)); // another mark, if more waits
    }
  }

  /** While the client takes no answers it is not read from; what was read waits in the decoder. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable()) {
      later(ctx, () -> resume(ctx));
    } else if (!lingering) {
      ctx.channel().config().setAutoRead(false);
    }
  }

  private void resume(ChannelHandlerContext ctx) throws Exception {
    if (!ctx.channel().isActive()) {
      return;
    }
    ChannelHandlerContext decoding = ctx.pipeline().context(decoder);
    decoder.resume(decoding, nanos.getAsLong());
    flush(ctx);
    if (ctx.channel().isWritable()) {
      ctx.channel().config().setAutoRead(true);
    }
  }

  // -- time

  private void schedule(ChannelHandlerContext ctx, long nanos) {
    timer = ctx.executor().schedule(() -> run(ctx, () -> check(ctx)), nanos, TimeUnit.NANOSECONDS);
  }

  /**
   * Deadlines are at least a request's time away when they are set, so looking so often will do.
   */
  private void check(ChannelHandlerContext ctx) {
    if (!ctx.channel().isActive()) {
      return;
    }
    long now = nanos.getAsLong();
    long left = left(now);
    if (left <= 0) {
      expire(ctx);
    } else {
      schedule(ctx, Math.min(left, requestNanos));
    }
  }

  private long left(long now) {
    if (lingering) {
      return lingeringSince + LINGER_NANOS - now;
    }
    if (writing) {
      return writingSince + requestNanos - now;
    }
    if (isInHandshake()) {
      return idleSince + requestNanos - now;
    }
    return decoder.isMidRequest()
        ? decoder.startedAt() + requestNanos - now
        : idleSince + idleNanos - now;
  }

  private void expire(ChannelHandlerContext ctx) {
    if (isInHandshake()) {
      meter.refuse(Refusal.TOO_SLOW);
      ctx.close();
      return;
    }
    if (lingering || writing || !decoder.isMidRequest() || answered) {
      if (writing) {
        meter.drop();
      }
      ctx.close();
      return;
    }
    refuse(ctx, Refusal.TOO_SLOW, Status.REQUEST_TIMEOUT, "the request took too long to arrive");
    flush(ctx);
  }

  // -- faults outside the pipeline, which nobody else would notice

  /** Something that the connection does by itself. */
  private interface Step {
    void run() throws Exception;
  }

  private void later(ChannelHandlerContext ctx, Step step) {
    ctx.executor().execute(() -> run(ctx, step));
  }

  private void run(ChannelHandlerContext ctx, Step step) {
    try {
      step.run();
    } catch (Exception | Error e) {
      exceptionCaught(ctx, e);
    }
  }

  // -- end

  private void linger(ChannelHandlerContext ctx) {
    last = true;
    lingering = true;
    lingeringSince = nanos.getAsLong();
    decoder.discard();
    ctx.channel().config().setAutoRead(true);
    ctx.write(Unpooled.EMPTY_BUFFER)
        .addListener((ChannelFuture written) -> {
          if (!written.isSuccess()) {
            ctx.close();
          } else if (tls != null) {
            tls.closeOutbound().addListener(said -> shutdownOutput(ctx));
          } else {
            shutdownOutput(ctx);
          }
        });
    if (timer != null) {
      timer.cancel(false);
    }
    schedule(ctx, LINGER_NANOS);
  }

  private static void shutdownOutput(ChannelHandlerContext ctx) {
    if (ctx.channel() instanceof DuplexChannel channel) {
      channel.shutdownOutput();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent
        || event instanceof ChannelInputShutdownReadComplete
        || event instanceof SslCloseCompletionEvent end && end.isSuccess()) {
      // The client will send no more, but may wait for its answers.
      last = true;
      ctx.write(Unpooled.EMPTY_BUFFER).addListener(written -> ctx.close());
      flush(ctx);
    } else if (event instanceof SslHandshakeCompletionEvent) {
      idleSince = nanos.getAsLong();
    } else if (event == Event.DRAIN) {
      if (!decoder.isMidRequest() && !hasPending(ctx)) {
        ctx.close();
      }
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof HAProxyProtocolException) {
      if (!last) { // the decoder throws once more when the connection has closed
        meter.refuse(Refusal.MALFORMED);
      }
      last = true;
    } else if (cause instanceof SSLException || cause.getCause() instanceof SSLException) {
      if (!last) {
        meter.refuse(Refusal.TLS);
      }
      last = true;
    } else if (!(cause instanceof IOException)) { // that would be a client that went away
      meter.refuse(Refusal.INTERNAL);
      faults.fault("serving a connection over HTTP", cause);
    }
    ctx.close();
  }
}
