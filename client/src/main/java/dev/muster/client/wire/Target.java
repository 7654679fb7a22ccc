package dev.muster.client.wire;

import dev.muster.client.wire.TrackerFailure.Kind;
import java.net.URI;
import java.util.Locale;

/**
 * A tracker's URI taken apart.
 *
 * @param scheme lower case
 * @param host an address without brackets, or a name
 * @param port 1 to 65535
 * @param path as it stands in the URI, begins with a slash
 * @param query as it stands in the URI; empty if none
 */
record Target(String scheme, String host, int port, String path, String query) {
  /** Links hold URIs of strangers; what is longer is no tracker's. */
  private static final int LONGEST = 2000;

  /**
   * Reads a URI. User names and fragments are not taken.
   *
   * @throws TrackerFailure {@link Kind#UNSUPPORTED} if it cannot be asked
   */
  static Target of(URI any) throws TrackerFailure {
    URI uri = URI.create(any.toASCIIString());
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    int usual =
        switch (scheme) {
          case "http", "udp" -> 80; // a UDP tracker's port has to be said; some links do not
          case "https" -> 443;
          default -> throw unsupported(uri, "a tracker is http, https or udp");
        };
    String authority = uri.getRawAuthority();
    if (uri.isOpaque() || authority == null || uri.toString().length() > LONGEST) {
      throw unsupported(uri, "a tracker has a host, and a URI of up to " + LONGEST + " characters");
    }
    // Not getHost(): it knows no underscores, which names of real trackers have.
    String place = authority.substring(authority.lastIndexOf('@') + 1);
    int colon = place.lastIndexOf(':');
    boolean hasPort = colon > place.lastIndexOf(']');
    String host = hasPort ? place.substring(0, colon) : place;
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    if (!host.matches("[A-Za-z0-9._:-]{1,253}")) {
      throw unsupported(uri, "a host is a name of letters, digits, dots and hyphens");
    }
    int port = usual;
    String digits = hasPort ? place.substring(colon + 1) : "";
    if (!digits.isEmpty()) {
      port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
    }
    if (port < 1 || port > 0xffff) {
      throw unsupported(uri, "a port is 1 to 65535");
    }
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    return new Target(scheme, host, port, path, query);
  }

  private static TrackerFailure unsupported(URI uri, String rule) {
    String shown = uri.toString();
    return new TrackerFailure(
        Kind.UNSUPPORTED, rule + ": " + shown.substring(0, Math.min(shown.length(), 200)));
  }

  boolean isHttp() {
    return scheme.startsWith("http");
  }

  boolean isSecured() {
    return scheme.equals("https");
  }

  /** The last segment of the path: what tells an announce from a scrape (BEP 48). */
  String lastSegment() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  Target with(String newScheme, int newPort) {
    return new Target(newScheme, host, newPort, path, query);
  }

  Target withPath(String newPath) {
    return new Target(scheme, host, port, newPath, query);
  }

  /** With more behind what the query already says. */
  Target asking(String more) {
    return new Target(scheme, host, port, path, query.isEmpty() ? more : query + "&" + more);
  }

  /** Path and query, as they stand in a request. */
  String pathAndQuery() {
    return query.isEmpty() ? path : path + "?" + query;
  }

  /** The value of the Host field. */
  String hostField() {
    String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port == (isSecured() ? 443 : 80) ? name : name + ":" + port;
  }

  URI uri() {
    String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return URI.create(scheme + "://" + name + ":" + port + pathAndQuery());
  }
}
