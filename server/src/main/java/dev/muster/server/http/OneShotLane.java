package dev.muster.server.http;

import dev.muster.protocol.announce.Refusal;
import dev.muster.protocol.id.Address;
import dev.muster.server.observe.DoorMeter;
import dev.muster.server.observe.FaultLog;
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
 * <p>Nobody else knows of a connection that is here, so whatever is thrown ends here too. If it
 * went on, Netty would stop accepting for a second, and the connection would stay open for good.
 *
 * <p>One for each listening socket, on its event loop.
 */
final class OneShotLane extends ChannelInboundHandlerAdapter {
  private final PlainGet requests;
  private final Responder responder;
  private final DoorMeter meter;
  private final FaultLog faults;
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
      FaultLog faults,
      LongSupplier nanos,
      ByteBufAllocator buffers,
      Predicate<Address> open) {
    this.requests = requests;
    this.responder = responder;
    this.meter = meter;
    this.faults = faults;
    this.nanos = nanos;
    this.buffers = buffers;
    this.open = open;
    this.received = ByteBuffer.allocateDirect(requests.bytes().length);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof EpollSocketChannel channel) || !isEnded(channel)) {
      ctx.fireChannelRead(message);
    }
  }

  private boolean isEnded(EpollSocketChannel channel) {
    try {
      if (!isServed(channel)) {
        return false;
      }
    } catch (IOException reset) {
      // the client has gone
    } catch (RuntimeException | Error e) {
      meter.refuse(Refusal.INTERNAL);
      faults.fault("answering a connection over HTTP", e);
      FirstBytes.drop(channel);
    }
    channel.unsafe().closeForcibly();
    return true;
  }

  /** Whether there is nothing left to do but to close it; else it goes the long way. */
  private boolean isServed(EpollSocketChannel channel) throws IOException {
    InetSocketAddress remote = channel.remoteAddress();
    if (remote == null) {
      return false;
    }
    Address hop = Address.of(remote.getAddress());
    if (!open.test(hop)) {
      return false;
    }
    Socket socket = (Socket) channel.fd();
    int count = socket.recv(received, 0, received.capacity());
    return count < 0 || count > 0 && isAnswered(channel, socket, hop, count);
  }

  private boolean isAnswered(EpollSocketChannel channel, Socket socket, Address hop, int count)
      throws IOException {
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
    try {
      meter.received(count);
      ByteBuf answer = responder.answer(buffers, requests, hop, Persistence.CLOSE);
      try {
        return isSent(channel, socket, answer, start);
      } finally {
        answer.release();
      }
    } finally {
      meter.closed();
    }
  }

  private boolean isSent(EpollSocketChannel channel, Socket socket, ByteBuf answer, long start)
      throws IOException {
    int length = answer.readableBytes();
    ByteBuffer out = answer.internalNioBuffer(answer.readerIndex(), length);
    int sent = socket.send(out, out.position(), out.limit());
    meter.sent(length);
    meter.took(Math.max(0, nanos.getAsLong() - start), 1);
    if (sent < length) {
      FirstBytes.leaveAnswer(channel, answer.retain().skipBytes(Math.max(0, sent)));
      return false;
    }
    return true;
  }
}
