package dev.muster.server.http;

import dev.muster.server.observe.DoorMeter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Netty's decoder with what a tracker's door needs besides: it leaves plain requests to {@link
 * PlainGet} (and passes one that came alone on at once, without collecting anything), decodes no
 * further request while answers wait to be taken, knows when a request began, forgives the space
 * that broken clients put before the {@code ?}, and tells TLS by its first byte.
 */
final class RequestDecoder extends HttpRequestDecoder {
  static final int HEADER_BYTES = 8192;

  private final DoorMeter meter;
  private final LongSupplier nanos;
  private final PlainGet plainGets;
  private boolean midRequest;
  private boolean inputEnded;
  private boolean discarding;
  private @Nullable BadRequest refusing;
  private long discarded;
  private long startedAt;
  private long readAt;

  RequestDecoder(int maxRequestLine, PlainGet plainGets, DoorMeter meter, LongSupplier nanos) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(maxRequestLine)
            .setMaxHeaderSize(HEADER_BYTES)
            .setMaxChunkSize(HEADER_BYTES)
            .setInitialBufferSize(512));
    this.plainGets = plainGets;
    this.meter = meter;
    this.nanos = nanos;
  }

  /** Whether a request has begun and not ended. */
  boolean isMidRequest() {
    return midRequest;
  }

  /** When the request now being read began, in nanoseconds. */
  long startedAt() {
    return startedAt;
  }

  /** When bytes last came, in nanoseconds. */
  long readAt() {
    return readAt;
  }

  /** Whatever comes is refused with this. */
  void refuse(BadRequest reason) {
    refusing = reason;
  }

  /** From now on, whatever comes is thrown away. */
  void discard() {
    discarding = true;
  }

  /** Bytes thrown away so far. */
  long discarded() {
    return discarded;
  }

  /** Goes on with what was left undecoded while answers waited. */
  void resume(ChannelHandlerContext ctx, long now) throws Exception {
    if (midRequest) {
      startedAt = now; // the wait was not the sending's
    }
    super.channelRead(ctx, Unpooled.EMPTY_BUFFER);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object input) throws Exception {
    if (input instanceof ByteBuf bytes) {
      readAt = nanos.getAsLong();
      meter.received(bytes.readableBytes());
      if (isNextRequestWanted(ctx) && actualReadableBytes() == 0) {
        if (readsPlainGet(bytes) && plainGets.end() == bytes.readableBytes()) {
          bytes.release();
          startedAt = readAt;
          ctx.fireChannelRead(plainGets);
          return;
        }
      }
    }
    super.channelRead(ctx, input);
  }

  /** Whether a request may begin here, and be decoded now. */
  private boolean isNextRequestWanted(ChannelHandlerContext ctx) {
    return !midRequest && !discarding && refusing == null && ctx.channel().isWritable();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true; // now what is left has to be decoded, or it is lost
    }
    super.userEventTriggered(ctx, event);
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (discarding) {
      discarded += in.readableBytes();
      in.skipBytes(in.readableBytes());
      return;
    }
    if (!ctx.channel().isWritable() && !inputEnded) {
      return;
    }
    if (!midRequest) {
      if (refusing == null && readsPlainGet(in)) {
        in.skipBytes(plainGets.end());
        startedAt = readAt;
        out.add(plainGets); // passed on before another is decoded
        return;
      }
      midRequest = true;
      startedAt = readAt;
      if (in.getByte(in.readerIndex()) == TlsGate.HANDSHAKE) {
        refusing = BadRequest.TLS;
      }
      if (refusing != null) {
        in.skipBytes(in.readableBytes());
        HttpMessage invalid = createInvalidMessage();
        invalid.setDecoderResult(DecoderResult.failure(refusing));
        discarding = true;
        out.add(invalid);
        return;
      }
    }
    super.decode(ctx, in, out);
    if (!out.isEmpty() && out.getLast() instanceof LastHttpContent) {
      midRequest = false;
    }
  }

  /** Whether these bytes, which stay unread, begin with a plain request. */
  private boolean readsPlainGet(ByteBuf in) {
    byte[] bytes = plainGets.bytes();
    int count = Math.min(in.readableBytes(), bytes.length);
    in.getBytes(in.readerIndex(), bytes, 0, count);
    return plainGets.read(bytes, 0, count);
  }

  @Override
  protected HttpMessage createMessage(String[] line) {
    String target = line[1];
    String version = line[2];
    if (version.startsWith("?")) { // "GET /announce ?info_hash=.. HTTP/1.1"
      int space = version.indexOf(' ');
      if (space < 0) {
        throw BadRequest.REQUEST_LINE;
      }
      target += version.substring(0, space);
      version = version.substring(space + 1);
    }
    if (target.isEmpty() || version.indexOf(' ') >= 0) {
      throw BadRequest.REQUEST_LINE;
    }
    return new DefaultHttpRequest(
        version(version), HttpMethod.valueOf(line[0]), target, headersFactory);
  }

  private static HttpVersion version(String text) {
    return switch (text) {
      case "HTTP/1.1" -> HttpVersion.HTTP_1_1;
      case "HTTP/1.0" -> HttpVersion.HTTP_1_0;
      default -> throw BadRequest.VERSION;
    };
  }
}
