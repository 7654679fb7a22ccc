package dev.muster.server.udp.linux;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.muster.protocol.udp.SourceAddress;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;

/**
 * Socket addresses as the kernel has them.
 *
 * <pre>
 *   sockaddr_in    0 u16 family = 2 (host order) | 2 u16 port | 4 address[4]  | 8 zero[8]
 *   sockaddr_in6   0 u16 family = 10             | 2 u16 port | 4 u32 flow    | 8 address[16] | 24 u32 scope
 * </pre>
 */
final class SocketAddress {
  static final int IPV4_BYTES = 16;
  static final int IPV6_BYTES = 28;

  private static final ValueLayout.OfShort PORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private SocketAddress() {}

  /** Writes an address; returns its length. */
  static int put(MemorySegment memory, InetSocketAddress address) {
    boolean ipv6 = address.getAddress() instanceof Inet6Address;
    memory.fill((byte) 0);
    memory.set(JAVA_SHORT, 0, (short) (ipv6 ? LibC.AF_INET6 : LibC.AF_INET));
    memory.set(PORT, 2, (short) address.getPort());
    byte[] bytes = address.getAddress().getAddress();
    MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, ipv6 ? 8 : 4, bytes.length);
    if (address.getAddress() instanceof Inet6Address scoped) {
      memory.set(ValueLayout.JAVA_INT_UNALIGNED, 24, scoped.getScopeId());
    }
    return ipv6 ? IPV6_BYTES : IPV4_BYTES;
  }

  /** Reads an address. */
  static InetSocketAddress get(MemorySegment memory) {
    boolean ipv6 = isIpv6(memory, 0);
    byte[] bytes = new byte[ipv6 ? 16 : 4];
    MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, ipv6 ? 8 : 4, bytes, 0, bytes.length);
    try {
      return new InetSocketAddress(InetAddress.getByAddress(bytes), port(memory, 0));
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible);
    }
  }

  static int port(MemorySegment memory, long at) {
    return Short.toUnsignedInt(memory.get(PORT, at + 2));
  }

  /** The high half, as {@link SourceAddress} has it. */
  static long high(MemorySegment memory, long at) {
    return isIpv6(memory, at) ? memory.get(LONG, at + 8) : SourceAddress.IPV4_HIGH;
  }

  /** The low half, as {@link SourceAddress} has it. */
  static long low(MemorySegment memory, long at) {
    return isIpv6(memory, at)
        ? memory.get(LONG, at + 16)
        : SourceAddress.ipv4Low(memory.get(INT, at + 4));
  }

  private static boolean isIpv6(MemorySegment memory, long at) {
    return memory.get(JAVA_SHORT, at) == LibC.AF_INET6;
  }
}
