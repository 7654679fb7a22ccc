package dev.muster.server.http;

import dev.muster.server.tls.Tls;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;

/**
 * Looks at the first byte that comes to a port for TLS, puts TLS in its own place if that is what
 * begins, and has everything else refused in plain words.
 */
final class TlsGate extends ChannelInboundHandlerAdapter {
  /** The type of the record that a handshake begins with (RFC 8446 §5.1). */
  static final int HANDSHAKE = 0x16;

  private final Tls tls;
  private final RequestDecoder decoder;
  private final Connection connection;

  TlsGate(Tls tls, RequestDecoder decoder, Connection connection) {
    this.tls = tls;
    this.decoder = decoder;
    this.connection = connection;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object input) {
    if (input instanceof ByteBuf bytes && bytes.isReadable()) {
      if (bytes.getByte(bytes.readerIndex()) == HANDSHAKE) {
        try {
          SslHandler handler = tls.handler(ctx.alloc());
          ctx.pipeline().addAfter(ctx.name(), null, handler);
          connection.secure(handler);
        } catch (RuntimeException | Error e) {
          bytes.release();
          throw e; // to the connection, which closes
        }
      } else {
        decoder.refuse(BadRequest.PLAIN);
      }
      ctx.fireChannelRead(input);
      ctx.pipeline().remove(this);
    } else {
      ctx.fireChannelRead(input); // what a proxy says comes first
    }
  }
}
