package dev.muster.server.http;

import dev.muster.protocol.id.Address;
import dev.muster.protocol.id.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the addresses out of forwarding headers, in the order in which they stand: the right-most
 * is what the nearest proxy saw. What is no address ({@code unknown}, {@code _hidden}, junk) is an
 * empty place, for it must not be skipped: what stands left of it was written by nobody knows whom.
 */
final class ForwardedText {
  /** More hops than any honest request has; the right-most ones are read. */
  private static final int HOPS = 32;

  /** {@code X-Forwarded-For}: addresses, some with a port, with commas between. */
  static List<Optional<Address>> xForwardedFor(List<String> lines) {
    List<Optional<Address>> hops = new ArrayList<>();
    for (String line : lines) {
      for (String element : line.split(",", -1)) {
        hops.add(address(element.strip()));
      }
    }
    return lastOf(hops);
  }

  /**
   * {@code Forwarded} (RFC 7239 §4): elements with commas between, each of parameters {@code
   * for=192.0.2.1;proto=http}; values may be quoted, and must be if they hold an IPv6 address.
   */
  static List<Optional<Address>> forwarded(List<String> lines) {
    List<Optional<Address>> hops = new ArrayList<>();
    for (String line : lines) {
      for (String element : split(line, ',')) {
        hops.add(forParameter(element));
      }
    }
    return lastOf(hops);
  }

  private static Optional<Address> forParameter(String element) {
    for (String parameter : split(element, ';')) {
      int equals = parameter.indexOf('=');
      if (equals > 0 && parameter.substring(0, equals).strip().equalsIgnoreCase("for")) {
        return address(unquote(parameter.substring(equals + 1).strip()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Address> address(String text) {
    return Endpoint.parse(text).map(Endpoint::address);
  }

  private static String unquote(String text) {
    if (text.length() < 2 || text.charAt(0) != '"' || !text.endsWith("\"")) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 1; i < text.length() - 1; i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length() - 1) {
        c = text.charAt(++i);
      }
      plain.append(c);
    }
    return plain.toString();
  }

  /** Splits at separators that are not within quotes. */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted) {
        i++;
      } else if (c == separator && !quoted) {
        parts.add(text.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(text.substring(from));
    return parts;
  }

  private static List<Optional<Address>> lastOf(List<Optional<Address>> hops) {
    return hops.size() <= HOPS ? hops : hops.subList(hops.size() - HOPS, hops.size());
  }

  private ForwardedText() {}
}
