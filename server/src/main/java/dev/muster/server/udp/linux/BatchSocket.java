package dev.muster.server.udp.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * A UDP socket for {@link MessageBatch}. Opened, watched and closed by any thread, used by one.
 *
 * <p>A socket bound to {@code ::} hears both families. On a wildcard address it asks the kernel
 * with each packet for the address that was asked, and the reply leaves from there.
 */
public final class BatchSocket implements AutoCloseable {
  /** Room for the replies of some batches, should the network card not keep up for a moment. */
  private static final int SEND_BUFFER_BYTES = 1 << 20;

  private final int descriptor;
  private final boolean wildcard;
  private final boolean ipv6;
  private final InetSocketAddress address;
  private boolean closed;

  private BatchSocket(int descriptor, boolean wildcard, boolean ipv6, InetSocketAddress address) {
    this.descriptor = descriptor;
    this.wildcard = wildcard;
    this.ipv6 = ipv6;
    this.address = address;
  }

  /**
   * Whether this machine has what it takes: Linux on a little-endian 64-bit processor that allows
   * these calls.
   */
  public static boolean isAvailable() {
    String processor = System.getProperty("os.arch", "");
    if (!System.getProperty("os.name", "").equals("Linux")
        || !(processor.equals("amd64") || processor.equals("aarch64"))) {
      return false;
    }
    try {
      return MessageBatch.isAllowed();
    } catch (UnsupportedOperationException | LinkageError | IllegalCallerException e) {
      return false; // another C library, or native access denied
    }
  }

  /**
   * Opens and binds the first socket of an address. Any other socket on the port makes this fail,
   * whoever has it.
   *
   * @param address where to listen; port 0 leaves the choice to the system
   * @param receiveBufferBytes what it may hold back; the system may give less
   * @param patience how long {@link MessageBatch#receive} waits
   * @throws java.net.BindException if the port is taken
   * @throws IOException if it cannot be had for another reason
   */
  public static BatchSocket claim(
      InetSocketAddress address, int receiveBufferBytes, Duration patience) throws IOException {
    return open(address, false, receiveBufferBytes, patience);
  }

  /**
   * Opens another socket at the address of this one; the kernel spreads packets among all, by their
   * source.
   *
   * <p>Sockets share a port only if each has {@code SO_REUSEPORT}. The claim was bound without it,
   * so that it failed if anybody was there, another tracker of the same user included. It gets the
   * option now: whoever comes later without it, as every claim does, is refused.
   */
  public BatchSocket another(int receiveBufferBytes, Duration patience) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      new SocketOptions(arena, descriptor).set(LibC.SOL_SOCKET, LibC.SO_REUSEPORT, 1);
    }
    return open(address, true, receiveBufferBytes, patience);
  }

  private static BatchSocket open(
      InetSocketAddress address, boolean share, int receiveBufferBytes, Duration patience)
      throws IOException {
    boolean ipv6 = address.getAddress() instanceof Inet6Address;
    boolean wildcard = address.getAddress().isAnyLocalAddress();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = LibC.errnoSegment(arena);
      int descriptor =
          LibC.socket(
              errno, ipv6 ? LibC.AF_INET6 : LibC.AF_INET, LibC.SOCK_DGRAM | LibC.SOCK_CLOEXEC);
      if (descriptor < 0) {
        throw LibC.failure("socket", LibC.errno(errno));
      }
      try {
        SocketOptions options = new SocketOptions(arena, descriptor);
        if (ipv6) {
          options.set(LibC.IPPROTO_IPV6, LibC.IPV6_V6ONLY, wildcard ? 0 : 1);
        }
        if (wildcard && ipv6) {
          options.set(LibC.IPPROTO_IPV6, LibC.IPV6_RECVPKTINFO, 1);
        } else if (wildcard) {
          options.set(LibC.IPPROTO_IP, LibC.IP_PKTINFO, 1);
        }
        if (share) {
          options.set(LibC.SOL_SOCKET, LibC.SO_REUSEPORT, 1);
        }
        options.grow(LibC.SO_RCVBUFFORCE, LibC.SO_RCVBUF, receiveBufferBytes);
        options.grow(LibC.SO_SNDBUFFORCE, LibC.SO_SNDBUF, SEND_BUFFER_BYTES);
        options.setPatience(patience);
        MemorySegment name = arena.allocate(SocketAddress.IPV6_BYTES, 8);
        if (LibC.bind(errno, descriptor, name.address(), SocketAddress.put(name, address)) != 0) {
          throw LibC.failure("bind", LibC.errno(errno));
        }
        return new BatchSocket(descriptor, wildcard, ipv6, boundTo(arena, errno, descriptor));
      } catch (IOException | RuntimeException e) {
        int unused = LibC.close(errno, descriptor);
        throw e;
      }
    }
  }

  private static InetSocketAddress boundTo(Arena arena, MemorySegment errno, int descriptor)
      throws IOException {
    MemorySegment name = arena.allocate(SocketAddress.IPV6_BYTES, 8);
    MemorySegment length = arena.allocate(JAVA_INT);
    length.set(JAVA_INT, 0, (int) name.byteSize());
    if (LibC.getsockname(errno, descriptor, name.address(), length.address()) != 0) {
      throw LibC.failure("getsockname", LibC.errno(errno));
    }
    return SocketAddress.get(name);
  }

  int descriptor() {
    return descriptor;
  }

  /** Whether replies have to name the address they leave from. */
  boolean isWildcard() {
    return wildcard;
  }

  boolean isIpv6() {
    return ipv6;
  }

  /** Where it is bound, with the port that the system chose. */
  public InetSocketAddress address() {
    return address;
  }

  /** What the kernel says of its receive buffer now; nothing once the socket is closed. */
  public synchronized SocketMemory memory() {
    if (closed) {
      return SocketMemory.UNKNOWN; // the descriptor may be another socket's by now
    }
    try (Arena arena = Arena.ofConfined()) {
      return new SocketOptions(arena, descriptor).memory();
    }
  }

  /** Closes the socket; nobody may be using it. Closing again does nothing. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      try (Arena arena = Arena.ofConfined()) {
        int unused = LibC.close(LibC.errnoSegment(arena), descriptor);
      }
    }
  }
}
