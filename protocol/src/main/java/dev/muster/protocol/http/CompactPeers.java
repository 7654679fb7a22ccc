package dev.muster.protocol.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Peers in compact form in an array that grows, to be used again and again (BEP 23, 7), big-endian:
 *
 * <pre>
 *   IPv4, 6 bytes each     0 address[4] | 4 u16 port
 *   IPv6, 18 bytes each    0 address[16] | 16 u16 port
 * </pre>
 *
 * A list holds peers of one family. Not thread-safe.
 */
public final class CompactPeers {
  /** Bytes of an IPv4 peer. */
  public static final int IPV4_LENGTH = 6;

  /** Bytes of an IPv6 peer. */
  public static final int IPV6_LENGTH = 18;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes = new byte[64 * IPV4_LENGTH];
  private int length;

  /** Adds a peer at an IPv4 address, big-endian. */
  public void add(int address, int port) {
    int at = grow(IPV4_LENGTH);
    INT.set(bytes, at, address);
    port(at + 4, port);
  }

  /** Adds a peer at an IPv6 address, two big-endian halves. */
  public void add(long high, long low, int port) {
    int at = grow(IPV6_LENGTH);
    LONG.set(bytes, at, high);
    LONG.set(bytes, at + 8, low);
    port(at + 16, port);
  }

  /** Removes all peers, and keeps the memory. */
  public void clear() {
    length = 0;
  }

  /** Bytes written. */
  public int length() {
    return length;
  }

  /** The array; its first {@link #length()} bytes count, until the next peer is added. */
  public byte[] array() {
    return bytes;
  }

  private void port(int at, int port) {
    bytes[at] = (byte) (port >>> 8);
    bytes[at + 1] = (byte) port;
  }

  private int grow(int more) {
    int at = length;
    length += more;
    if (length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length, bytes.length * 2));
    }
    return at;
  }
}
