package dev.muster.server.udp;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the sockets of an NIO door.
 *
 * <p>One socket bound to {@code ::} hears both families: the JDK makes every IPv6 socket so, and
 * has no option against it, so a second one at {@code 0.0.0.0} and the same port cannot be bound
 * and is not needed. It costs the same. Where the machine has no IPv6, IPv4 alone has to do, and
 * the log says so.
 */
final class UdpSockets {
  private static final Logger log = LoggerFactory.getLogger(UdpSockets.class);

  /** Makes an unbound socket; a test's way to take a family away. */
  interface Opener {
    DatagramChannel open(ProtocolFamily family) throws IOException;
  }

  private final Opener opener;

  UdpSockets(Opener opener) {
    this.opener = opener;
  }

  /**
   * Opens a socket for each address, or none at all.
   *
   * @throws IOException if one cannot be had; says which
   */
  List<DatagramChannel> open(UdpSettings settings) throws IOException {
    List<DatagramChannel> channels = new ArrayList<>();
    try {
      for (InetSocketAddress address : settings.listen()) {
        if (!isHeardAlready(address, settings.listen())) {
          channels.add(open(address, settings.receiveBufferBytes()));
        }
      }
      return channels;
    } catch (IOException | RuntimeException e) {
      closeAll(channels);
      throw e;
    }
  }

  /** Where these listen, as a person would say it. */
  static List<InetSocketAddress> addresses(List<DatagramChannel> channels) throws IOException {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (DatagramChannel channel : channels) {
      InetSocketAddress address = (InetSocketAddress) channel.getLocalAddress();
      tell(address, addresses);
    }
    return List.copyOf(addresses);
  }

  /** Adds where a socket bound to this address listens, as a person would say it. */
  static void tell(InetSocketAddress address, List<InetSocketAddress> addresses)
      throws UnknownHostException {
    if (isEverywhere(address)) {
      addresses.add(
          new InetSocketAddress(InetAddress.getByAddress(new byte[4]), address.getPort()));
    }
    addresses.add(address);
  }

  static void closeAll(List<DatagramChannel> channels) {
    for (DatagramChannel channel : channels) {
      try {
        channel.close();
      } catch (IOException e) {
        log.warn("a UDP socket did not close cleanly: {}", e.getMessage());
      }
    }
  }

  private DatagramChannel open(InetSocketAddress address, int receiveBufferBytes)
      throws IOException {
    try {
      return openAt(address, receiveBufferBytes);
    } catch (UnsupportedOperationException | SocketException e) {
      if (isEverywhere(address) && !(e instanceof BindException)) {
        log.warn("no IPv6 on this machine, UDP listens on IPv4 only: {}", e.getMessage());
        InetAddress ipv4 = InetAddress.getByAddress(new byte[4]);
        return openAt(new InetSocketAddress(ipv4, address.getPort()), receiveBufferBytes);
      }
      throw cannotListen(address, e);
    }
  }

  static IOException cannotListen(InetSocketAddress address, Exception e) {
    return new IOException("cannot listen on UDP " + text(address) + ": " + e.getMessage(), e);
  }

  private DatagramChannel openAt(InetSocketAddress address, int receiveBufferBytes)
      throws IOException {
    return openAt(address, receiveBufferBytes, false);
  }

  /**
   * Opens a socket here.
   *
   * @param sharing whether the port may be shared with sockets that have {@code SO_REUSEADDR} too
   */
  DatagramChannel openAt(InetSocketAddress address, int receiveBufferBytes, boolean sharing)
      throws IOException {
    boolean ipv6 = address.getAddress() instanceof Inet6Address;
    DatagramChannel channel =
        opener.open(ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, sharing);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
      channel.configureBlocking(false);
      channel.bind(address);
      int given = channel.getOption(StandardSocketOptions.SO_RCVBUF);
      if (given < receiveBufferBytes && !sharing) {
        tellOfSmallBuffer(given, receiveBufferBytes);
      }
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  static void tellOfSmallBuffer(long given, long asked) {
    log.info(
        "UDP receive buffer: {} bytes of the {} asked for, which is the system's limit"
            + " (net.core.rmem_max on Linux)",
        given,
        asked);
  }

  static boolean isEverywhere(InetSocketAddress address) {
    return address.getAddress() instanceof Inet6Address ipv6 && ipv6.isAnyLocalAddress();
  }

  static boolean isHeardAlready(InetSocketAddress address, List<InetSocketAddress> all) {
    return address.getPort() != 0
        && !isEverywhere(address)
        && address.getAddress().isAnyLocalAddress()
        && all.stream().anyMatch(a -> isEverywhere(a) && a.getPort() == address.getPort());
  }

  private static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
