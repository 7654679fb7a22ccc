package dev.muster.server.udp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * How a UDP door is set up.
 *
 * @param listen where it listens, resolved; port 0 leaves the choice to the system. {@code ::}
 *     hears both families (see {@link #everywhere}), {@code 0.0.0.0} IPv4 alone
 * @param maxReplyBytes the longest reply, in bytes of payload, 200 to 65507; what is longer than
 *     the path's MTU less 28 (48 over IPv6) is fragmented, and often lost
 * @param receiveBufferBytes what each socket may hold back while the door is busy, 4096 and up; the
 *     system may give less ({@code net.core.rmem_max} on Linux)
 * @param threads how many threads, each with a socket of its own, serve an address where the system
 *     can share a port among them (Linux), 1 to 1024; elsewhere one serves all
 */
public record UdpSettings(
    List<InetSocketAddress> listen, int maxReplyBytes, int receiveBufferBytes, int threads) {

  /** Room for 200 IPv4 or 66 IPv6 peers, within IPv6's least MTU of 1280. */
  public static final int DEFAULT_MAX_REPLY_BYTES = 1220;

  /** Some 5,000 announces, 20 ms of a flood. */
  public static final int DEFAULT_RECEIVE_BUFFER_BYTES = 4 << 20;

  /**
   * @throws IllegalArgumentException if a number is out of range or an address is not resolved
   */
  public UdpSettings {
    listen = List.copyOf(listen);
    for (InetSocketAddress address : listen) {
      if (address.isUnresolved()) {
        throw new IllegalArgumentException("no such host, host=" + address.getHostString());
      }
    }
    if (maxReplyBytes < 200 || maxReplyBytes > 65_507) {
      throw new IllegalArgumentException("a reply has 200 to 65507 bytes, max=" + maxReplyBytes);
    }
    if (receiveBufferBytes < 4096) {
      throw new IllegalArgumentException(
          "the receive buffer has 4096 bytes or more, size=" + receiveBufferBytes);
    }
    if (threads < 1 || threads > 1024) {
      throw new IllegalArgumentException("there are 1 to 1024 threads, threads=" + threads);
    }
  }

  /** The defaults, listening here. */
  public static UdpSettings at(InetSocketAddress... listen) {
    return new UdpSettings(
        List.of(listen), DEFAULT_MAX_REPLY_BYTES, DEFAULT_RECEIVE_BUFFER_BYTES, 1);
  }

  /**
   * All addresses of both families, or of IPv4 where there is no IPv6.
   *
   * @param port 0 to 65535
   */
  public static InetSocketAddress everywhere(int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(new byte[16]), port);
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
