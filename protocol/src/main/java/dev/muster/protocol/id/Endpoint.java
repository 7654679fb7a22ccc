package dev.muster.protocol.id;

import java.util.Optional;

/**
 * Where a peer listens.
 *
 * @param address the host
 * @param port 0 to 65535; 0 for none
 */
public record Endpoint(Address address, int port) {
  public Endpoint {
    if (port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("a port is 0 to 65535, port=" + port);
    }
  }

  /**
   * The endpoint written as {@code 192.0.2.1:6881}, {@code [2001:db8::1]:6881}, or without a port,
   * which then is 0; nothing if the text is none of these.
   */
  public static Optional<Endpoint> parse(String text) {
    String host = text;
    String port = "";
    int colon = text.lastIndexOf(':');
    if (text.startsWith("[")) {
      int bracket = text.indexOf(']');
      if (bracket < 0 || text.indexOf(':') > bracket) {
        return Optional.empty();
      }
      host = text.substring(1, bracket);
      String rest = text.substring(bracket + 1);
      if (!rest.isEmpty() && rest.charAt(0) != ':') {
        return Optional.empty();
      }
      port = rest.isEmpty() ? "" : rest.substring(1);
      if (!rest.isEmpty() && port.isEmpty()) {
        return Optional.empty();
      }
    } else if (colon >= 0 && text.indexOf(':') == colon) { // one colon: not a bare IPv6 address
      host = text.substring(0, colon);
      port = text.substring(colon + 1);
      if (port.isEmpty()) {
        return Optional.empty();
      }
    }
    int number = portOf(port);
    return number < 0
        ? Optional.empty()
        : Address.parse(host).map(address -> new Endpoint(address, number));
  }

  /** The number, 0 for no text, -1 if it is not a port. */
  private static int portOf(String text) {
    int number = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9' || i >= 5) {
        return -1;
      }
      number = number * 10 + c - '0';
    }
    return number <= 0xffff ? number : -1;
  }

  /** {@code 192.0.2.1:6881} or {@code [2001:db8::1]:6881}. */
  @Override
  public String toString() {
    return switch (address) {
      case Address.Ipv4 ipv4 -> ipv4 + ":" + port;
      case Address.Ipv6 ipv6 -> "[" + ipv6 + "]:" + port;
    };
  }
}
