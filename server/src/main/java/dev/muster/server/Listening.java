package dev.muster.server;

import dev.muster.server.config.ListenAddress;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** From the places the configuration names to sockets' addresses, and what to say if that fails. */
final class Listening {

  /**
   * The addresses to listen on; all those of a name. {@code :PORT} becomes {@code [::]:PORT}, which
   * doors take for both families, or {@code 0.0.0.0:PORT} on a machine without IPv6.
   *
   * @param key which is to blame if a name is unknown
   */
  static List<InetSocketAddress> resolve(String key, List<ListenAddress> listen)
      throws StartException {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (ListenAddress each : listen) {
      try {
        InetAddress[] hosts =
            each.host().isEmpty()
                ? new InetAddress[] {everywhere()}
                : InetAddress.getAllByName(each.host());
        for (InetAddress host : hosts) {
          addresses.add(new InetSocketAddress(host, each.port()));
        }
      } catch (UnknownHostException e) {
        throw new StartException("no such host `%s` (%s)".formatted(each.host(), key), e);
      }
    }
    // One socket at [::] hears both families, and leaves no room for another at 0.0.0.0.
    addresses.removeIf(address ->
        isWildcard(address, Inet4Address.class)
            && address.getPort() != 0
            && addresses.stream()
                .anyMatch(other ->
                    isWildcard(other, Inet6Address.class) && other.getPort() == address.getPort()));
    return addresses;
  }

  private static boolean isWildcard(
      InetSocketAddress address, Class<? extends InetAddress> family) {
    return family.isInstance(address.getAddress()) && address.getAddress().isAnyLocalAddress();
  }

  private static InetAddress everywhere() throws UnknownHostException {
    try (DatagramChannel probe = DatagramChannel.open(StandardProtocolFamily.INET6)) {
      return InetAddress.getByAddress(new byte[16]);
    } catch (IOException | UnsupportedOperationException noIpv6) {
      return InetAddress.getByAddress(new byte[4]);
    }
  }

  /** Why a door could not be opened, in one line. */
  static StartException failure(String door, List<InetSocketAddress> listen, IOException e) {
    String message = String.valueOf(e.getMessage());
    List<InetSocketAddress> named =
        listen.size() == 1
            ? listen
            : listen.stream().filter(each -> isNamed(each, message)).toList();
    if (named.size() == 1 && isPortTaken(e)) {
      InetSocketAddress taken = named.getFirst();
      return new StartException(
          "port %d is already in use (%s, %s)"
              .formatted(
                  taken.getPort(),
                  door,
                  taken.getAddress().isAnyLocalAddress()
                      ? "all addresses"
                      : taken.getAddress().getHostAddress()),
          e);
    }
    return new StartException(door + ": " + message.lines().findFirst().orElse(""), e);
  }

  /** Whether the message names the address in any of the ways that doors and the JDK write one. */
  private static boolean isNamed(InetSocketAddress address, String message) {
    return message.contains(TrackerServer.text(address))
        || message.contains(address.toString())
        || message.contains("[" + address.getAddress().getHostAddress() + "]:" + address.getPort());
  }

  private static boolean isPortTaken(Throwable e) {
    return Stream.iterate(e, cause -> cause != null, Throwable::getCause)
        .anyMatch(cause ->
            // Netty's native transport has an exception of its own, with the system's words
            String.valueOf(cause.getMessage()).contains("Address already in use"));
  }

  private Listening() {}
}
