package dev.muster.server.http;

import dev.muster.protocol.id.Address;
import dev.muster.server.observe.DoorMeter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Answers a connection's only request right where it is accepted. Most clients announce so:
 * connect, ask, and have the connection closed. The listening socket is told to wait for the
 * request (TCP_DEFER_ACCEPT), so when a connection is accepted its request is there: accept,
 * receive, send, close, and the connection is never registered anywhere, which spares two thirds of
 * the system calls and all that Netty keeps for a connection.
 *
 * <p>Whatever is not such a request goes the long way, {@link FirstBytes what was read} with it: a
 * connection to be kept, half a request, more than one, an answer that the socket does not take at
 * once. Closing resets nothing, for all that was sent has been read.
 *
 * <p>One for each listening socket, on its event loop.
 */
final class OneShotLane extends ChannelInboundHandlerAdapter {
  private final PlainGet requests;
  private final Responder responder;
  private final DoorMeter meter;
  private final LongSupplier nanos;
  private final ByteBufAllocator buffers;
  private final Predicate<Address> open;
  private final ByteBuffer received;

  /**
   * @param open whether a connection from this address may be answered here, and if so counts it
   */
  OneShotLane(
      PlainGet requests,
      Responder responder,
      DoorMeter meter,
      LongSupplier nanos,
      ByteBufAllocator buffers,
      Predicate<Address> open) {
    this.requests = requests;
    this.responder = responder;
    this.meter = meter;
    this.nanos = nanos;
    this.buffers = buffers;
    this.open = open;
    this.received = ByteBuffer.allocateDirect(requests.bytes().length);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws IOException {
    InetSocketAddress remote =
        message instanceof EpollSocketChannel accepted ? accepted.remoteAddress() : null;
    if (remote == null || !(message instanceof EpollSocketChannel channel)) {
      ctx.fireChannelRead(message);
      return;
    }
    Address hop = Address.of(remote.getAddress());
    if (!open.test(hop)) {
      ctx.fireChannelRead(channel);
      return;
    }
    Socket socket = (Socket) channel.fd();
    int count;
    try {
      count = socket.recv(received, 0, received.capacity());
    } catch (IOException reset) {
      count = -1;
    }
    if (count < 0) {
      channel.unsafe().closeForcibly();
    } else if (count == 0 || !answer(channel, socket, hop, count)) {
      ctx.fireChannelRead(channel);
    }
  }

  /** Whether that was all. */
  private boolean answer(EpollSocketChannel channel, Socket socket, Address hop, int count) {
    byte[] bytes = requests.bytes();
    received.get(0, bytes, 0, count);
    if (!requests.read(bytes, 0, count)
        || requests.end() < count
        || requests.persistence() != Persistence.CLOSE) {
      FirstBytes.leave(channel, buffers.ioBuffer(count).writeBytes(bytes, 0, count));
      return false;
    }
    long start = nanos.getAsLong();
    meter.opened();
    meter.received(count);
    ByteBuf answer = responder.answer(buffers, requests, hop, Persistence.CLOSE);
    int length = answer.readableBytes();
    try {
      ByteBuffer out = answer.internalNioBuffer(answer.readerIndex(), length);
      int sent = socket.send(out, out.position(), out.limit());
      meter.sent(length);
      meter.took(Math.max(0, nanos.getAsLong() - start), 1);
      meter.closed();
      if (sent < length) {
        FirstBytes.leaveAnswer(channel, answer.retain().skipBytes(Math.max(0, sent)));
        return false;
      }
    } catch (IOException reset) {
      meter.closed(); // the client has gone
    } finally {
      answer.release();
    }
    channel.unsafe().closeForcibly();
    return true;
  }
}
