package dev.muster.server.config;

/**
 * Where a door listens: {@code HOST:PORT}, {@code [IPv6]:PORT}, {@code :PORT} or {@code PORT}.
 *
 * @param host a name, an IPv4 address, an IPv6 address without brackets, or empty for all addresses
 *     of both families
 * @param port 0 to 65535; 0 leaves the choice to the system
 */
public record ListenAddress(String host, int port) {

  static ListenAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    int port = port(text.substring(colon + 1));
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
      if (host.indexOf(':') < 0) {
        throw new IllegalArgumentException("brackets are for IPv6 addresses");
      }
    } else if (host.indexOf(':') >= 0) {
      throw new IllegalArgumentException("an IPv6 address needs brackets");
    }
    if (!host.chars().allMatch(c -> c > ' ' && c != '[' && c != ']' && c != '/' && c < 0x7f)) {
      throw new IllegalArgumentException("not a host");
    }
    return new ListenAddress(host, port);
  }

  private static int port(String text) {
    if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException("no port");
    }
    int port = Integer.parseInt(text);
    if (port > 65535) {
      throw new IllegalArgumentException("port above 65535");
    }
    return port;
  }

  /** As it is written in the configuration. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
