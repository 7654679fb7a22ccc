package dev.muster.checks.endtoend;

/** A way to be introduced: a protocol and an address family. */
enum Introduction {
  HTTP_IPV4("http", false),
  HTTP_IPV6("http", true),
  HTTPS_IPV4("https", false),
  UDP_IPV4("udp", false),
  UDP_IPV6("udp", true);

  private final String scheme;
  private final boolean ipv6;

  Introduction(String scheme, boolean ipv6) {
    this.scheme = scheme;
    this.ipv6 = ipv6;
  }

  String scheme() {
    return scheme;
  }

  boolean isSecured() {
    return this == HTTPS_IPV4;
  }

  boolean ipv6() {
    return ipv6;
  }
}
