package dev.muster.server.udp.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Memory for packets that are received with one system call and answered with another. Belongs to
 * one thread; allocates nothing after it is made.
 *
 * <p>One piece of memory, laid out for a socket once:
 *
 * <pre>
 *   received   mmsghdr[n]          64 B each, one cache line
 *   sent       mmsghdr[n]
 *   names      sockaddr[n]         32 B each: written by the kernel, read by it again for the reply
 *   controls   cmsghdr[n]          64 B each: the address that was asked, likewise
 *   iovecs     iovec[2n]           16 B each: where packets go, where replies come from
 *   in         packetBytes[n]
 *   out        replyBytes[n]
 *
 *   mmsghdr   0 *name | 8 u32 namelen | 16 *iov | 24 iovlen | 32 *control | 40 controllen | 48 flags | 56 u32 length
 *   iovec     0 *base | 8 length
 *   control   0 length | 8 level | 12 type | 16 in6_pktinfo: address[16], u32 interface   (40 with padding)
 *                                          | 16 in_pktinfo: u32 interface, source[4], asked[4]   (32 with padding)
 * </pre>
 *
 * <p>Of all this, receiving touches only what the kernel writes, and sending two words a reply.
 */
public final class MessageBatch implements AutoCloseable {
  private static final int HEADER = 64;
  private static final int NAME = 0;
  private static final int NAME_LENGTH = 8;
  private static final int IOV = 16;
  private static final int IOV_COUNT = 24;
  private static final int CONTROL = 32;
  private static final int CONTROL_LENGTH = 40;
  private static final int LENGTH = 56;

  private static final int NAME_BYTES = 32;
  private static final int CONTROL_BYTES = 64;
  private static final int IOVEC_BYTES = 16;
  private static final int IPV6_CONTROL = 40;
  private static final int IPV4_CONTROL = 32;
  private static final int IPV6_INTERFACE = 32;
  private static final int IPV4_INTERFACE = 16;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment errno = LibC.errnoSegment(arena);
  private final BatchSocket socket;
  private final int capacity;
  private final MemorySegment received;
  private final MemorySegment sent;
  private final MemorySegment names;
  private final MemorySegment controls;
  private final MemorySegment iovecs;
  private final MemorySegment in;
  private final MemorySegment out;
  private final int controlBytes;
  private int queued;

  /**
   * @param socket where packets come from and replies go
   * @param capacity the most packets at once, 1 to 1024
   * @param packetBytes room for a packet; what is longer is cut
   * @param replyBytes room for a reply
   */
  public MessageBatch(BatchSocket socket, int capacity, int packetBytes, int replyBytes) {
    this.socket = socket;
    this.capacity = capacity;
    this.controlBytes = !socket.isWildcard() ? 0 : socket.isIpv6() ? IPV6_CONTROL : IPV4_CONTROL;
    received = allocate(HEADER);
    sent = allocate(HEADER);
    names = allocate(NAME_BYTES);
    controls = allocate(CONTROL_BYTES);
    iovecs = allocate(2 * IOVEC_BYTES);
    in = allocate(packetBytes);
    out = allocate(replyBytes);
    int nameLength = socket.isIpv6() ? SocketAddress.IPV6_BYTES : SocketAddress.IPV4_BYTES;
    for (int i = 0; i < capacity; i++) {
      long inVec = (long) i * IOVEC_BYTES;
      long outVec = (long) (capacity + i) * IOVEC_BYTES;
      iovecs.set(JAVA_LONG, inVec, in.address() + (long) i * packetBytes);
      iovecs.set(JAVA_LONG, inVec + 8, packetBytes);
      iovecs.set(JAVA_LONG, outVec, out.address() + (long) i * replyBytes);
      long header = (long) i * HEADER;
      for (MemorySegment headers : new MemorySegment[] {received, sent}) {
        headers.set(JAVA_LONG, header + NAME, names.address() + (long) i * NAME_BYTES);
        headers.set(JAVA_INT, header + NAME_LENGTH, nameLength);
        headers.set(JAVA_LONG, header + IOV, iovecs.address() + inVec);
        headers.set(JAVA_LONG, header + IOV_COUNT, 1);
        if (controlBytes > 0) {
          headers.set(JAVA_LONG, header + CONTROL, controls.address() + (long) i * CONTROL_BYTES);
          headers.set(JAVA_LONG, header + CONTROL_LENGTH, controlBytes);
        }
      }
    }
  }

  private MemorySegment allocate(int bytesEach) {
    return arena.allocate((long) capacity * bytesEach, 64);
  }

  /** Whether the kernel lets this process make the calls; a sandbox may not. */
  static boolean isAllowed() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = LibC.errnoSegment(arena);
      int nothing = -1; // a descriptor that is never open: a kernel that knows the call says EBADF
      boolean receives =
          LibC.recvmmsg(errno, nothing, 0, 0, LibC.MSG_DONTWAIT) == -1
              && LibC.errno(errno) == LibC.EBADF;
      boolean sends =
          LibC.sendmmsg(errno, nothing, 0, 0, LibC.MSG_DONTWAIT) == -1
              && LibC.errno(errno) == LibC.EBADF;
      return receives && sends;
    }
  }

  /** The received packets, big-endian, {@code packetBytes} for each. */
  public ByteBuffer in() {
    return in.asByteBuffer();
  }

  /** The replies, big-endian, {@code replyBytes} for each. */
  public ByteBuffer out() {
    return out.asByteBuffer();
  }

  /**
   * Waits for a packet, then takes all that are there.
   *
   * @return how many, 1 to capacity; 0 if none came within the socket's patience; less on an error,
   *     which is {@code -errno}
   */
  public int receive() {
    return receive(LibC.MSG_WAITFORONE);
  }

  /** Takes what is there without waiting; results as of {@link #receive()}. */
  public int poll() {
    return receive(LibC.MSG_DONTWAIT);
  }

  private int receive(int flags) {
    queued = 0;
    int count = LibC.recvmmsg(errno, socket.descriptor(), received.address(), capacity, flags);
    if (count > 0) {
      return count;
    }
    int error = LibC.errno(errno);
    return error == LibC.EAGAIN || error == LibC.EINTR ? 0 : -error;
  }

  /** Bytes of packet {@code index}. */
  public int length(int index) {
    return received.get(JAVA_INT, (long) index * HEADER + LENGTH);
  }

  /**
   * The high half of the sender's address, as {@link dev.muster.protocol.udp.SourceAddress} has it.
   */
  public long sourceHigh(int index) {
    return SocketAddress.high(names, (long) index * NAME_BYTES);
  }

  /** The low half. */
  public long sourceLow(int index) {
    return SocketAddress.low(names, (long) index * NAME_BYTES);
  }

  /** The sender's port. */
  public int sourcePort(int index) {
    return SocketAddress.port(names, (long) index * NAME_BYTES);
  }

  /**
   * The reply to packet {@code index} has so many bytes, and goes with the next {@link #send}; in
   * the order of the packets.
   */
  public void queue(int index, int length) {
    iovecs.set(JAVA_LONG, (long) (capacity + index) * IOVEC_BYTES + 8, length);
    long header = (long) queued * HEADER;
    sent.set(JAVA_LONG, header + NAME, names.address() + (long) index * NAME_BYTES);
    sent.set(JAVA_LONG, header + IOV, iovecs.address() + (long) (capacity + index) * IOVEC_BYTES);
    if (controlBytes > 0) {
      long control = (long) index * CONTROL_BYTES;
      sent.set(JAVA_LONG, header + CONTROL, controls.address() + control);
      // The address that was asked stays; the way out is the routing table's to choose.
      controls.set(JAVA_INT, control + (socket.isIpv6() ? IPV6_INTERFACE : IPV4_INTERFACE), 0);
    }
    queued++;
  }

  /**
   * Sends what is queued, without waiting.
   *
   * @return how many could not be sent: no route, no room in the system's buffers
   */
  public int send() {
    int failed = 0;
    int done = 0;
    while (done < queued) {
      int count =
          LibC.sendmmsg(
              errno,
              socket.descriptor(),
              sent.address() + (long) done * HEADER,
              queued - done,
              LibC.MSG_DONTWAIT);
      int error = count > 0 ? 0 : LibC.errno(errno);
      if (count > 0) {
        done += count;
      } else if (error == LibC.EAGAIN) { // the send buffer is full
        failed += queued - done;
        done = queued;
      } else if (error != LibC.EINTR) { // it is the first of them that failed
        failed++;
        done++;
      }
    }
    queued = 0;
    return failed;
  }

  /**
   * Makes ready for the next packets: the kernel has shortened the room for what it tells of each.
   */
  public void recycle(int count) {
    if (controlBytes > 0) {
      for (int i = 0; i < count; i++) {
        received.set(JAVA_LONG, (long) i * HEADER + CONTROL_LENGTH, controlBytes);
      }
    }
  }

  /** Gives the memory back; nobody may be using it. */
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
