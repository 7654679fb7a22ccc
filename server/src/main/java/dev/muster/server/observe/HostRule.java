package dev.muster.server.observe;

import dev.muster.protocol.id.Address;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom a request may be addressed to.
 *
 * <p>A web page from anywhere can point a name of its own at 127.0.0.1 and then read what this port
 * says with its visitor's browser (DNS rebinding). Its requests carry that name as {@code Host}, so
 * only names and addresses that are known to be this port's are answered. Ports are not compared: a
 * tunnel or proxy may have changed them, and the page could choose its own to fit.
 */
final class HostRule {
  /** RFC 9110 §7.2, RFC 3986 §3.2: a name or IPv4 address, or an IPv6 address in brackets. */
  private static final Pattern HOST =
      Pattern.compile("(?:([A-Za-z0-9._~-]+)|\\[([0-9A-Fa-f:.]+)\\])(?::[0-9]{0,5})?");

  private final Set<String> names = new HashSet<>();
  private final Set<Address> addresses = new HashSet<>();

  /**
   * @param hosts further names and addresses, without ports
   */
  HostRule(Set<String> hosts) {
    names.add("localhost");
    for (String host : hosts) {
      literal(host).ifPresentOrElse(addresses::add, () -> names.add(plain(host)));
    }
  }

  /** Whether this is a host and perhaps a port at all. */
  static boolean isWellFormed(String host) {
    return HOST.matcher(host).matches();
  }

  /**
   * Whether a request with this {@code Host} is for this port.
   *
   * @param host the field's value
   * @param local the address the caller has connected to
   */
  boolean allows(String host, InetAddress local) {
    Matcher matcher = HOST.matcher(host);
    if (!matcher.matches()) {
      return false;
    }
    String bare = matcher.group(2) != null ? matcher.group(2) : matcher.group(1);
    return literal(bare)
        .map(address -> isOurs(address, local))
        .orElseGet(() -> names.contains(plain(bare)));
  }

  private boolean isOurs(Address address, InetAddress local) {
    return address.toInetAddress().isLoopbackAddress()
        || address.equals(Address.of(local))
        || addresses.contains(address);
  }

  private static Optional<Address> literal(String text) {
    return Optional.ofNullable(NetUtil.createByteArrayFromIpAddressString(text)).map(Address::of);
  }

  /** Names are the same in either case, with or without the root's dot. */
  private static String plain(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
