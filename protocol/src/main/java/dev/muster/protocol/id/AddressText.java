package dev.muster.protocol.id;

import java.util.Optional;

/**
 * Reads addresses as people and headers write them (RFC 4291 §2.2, RFC 6943 §3.1.1): four decimal
 * octets without leading zeros, or colon-hexadecimal groups. No names, no zones, nothing is ever
 * looked up.
 */
final class AddressText {
  private static final int LONGEST = 45; // 8 groups with a dotted tail
  private static final int BAD = -1;

  static Optional<Address> parse(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return Optional.empty();
    }
    if (text.indexOf(':') < 0) {
      long bits = ipv4(text, 0);
      return bits == BAD ? Optional.empty() : Optional.of(new Address.Ipv4((int) bits));
    }
    return ipv6(text);
  }

  /** The four octets from {@code from} to the end of the text, or BAD. */
  private static long ipv4(String text, int from) {
    long bits = 0;
    int at = from;
    for (int octet = 0; octet < 4; octet++) {
      if (octet > 0 && (at >= text.length() || text.charAt(at++) != '.')) {
        return BAD;
      }
      int start = at;
      int value = 0;
      while (at < text.length() && at - start < 4 && isDigit(text.charAt(at))) {
        value = value * 10 + text.charAt(at++) - '0';
      }
      int digits = at - start;
      // 010 is 8 to some readers and 10 to others, so it is no address
      if (digits == 0 || value > 255 || digits > 1 && text.charAt(start) == '0') {
        return BAD;
      }
      bits = bits << 8 | value;
    }
    return at == text.length() ? bits : BAD;
  }

  private static Optional<Address> ipv6(String text) {
    int[] groups = new int[8];
    int count = 0;
    int gap = -1; // how many groups stand before the "::"
    int at = 0;
    if (text.startsWith("::")) {
      gap = 0;
      at = 2;
    }
    while (at < text.length()) {
      if (count == 8) {
        return Optional.empty();
      }
      int end = at;
      while (end < text.length() && Character.digit(text.charAt(end), 16) >= 0) {
        end++;
      }
      if (end < text.length() && text.charAt(end) == '.' && count <= 6) {
        long tail = ipv4(text, at);
        if (tail == BAD) {
          return Optional.empty();
        }
        groups[count++] = (int) (tail >>> 16);
        groups[count++] = (int) (tail & 0xffff);
        break;
      }
      if (end == at || end - at > 4) {
        return Optional.empty();
      }
      groups[count++] = Integer.parseInt(text, at, end, 16);
      if (end == text.length()) {
        break;
      }
      if (text.charAt(end) != ':') {
        return Optional.empty();
      }
      at = end + 1;
      if (at == text.length()) {
        return Optional.empty(); // ends with a single colon
      }
      if (text.charAt(at) == ':') {
        if (gap >= 0) {
          return Optional.empty();
        }
        gap = count;
        at++;
      }
    }
    if (gap < 0 ? count != 8 : count > 7) {
      return Optional.empty();
    }
    return Optional.of(Address.ofIpv6(half(groups, count, gap, 0), half(groups, count, gap, 4)));
  }

  /** Four of the eight groups, after the gap has been filled with zeros. */
  private static long half(int[] groups, int count, int gap, int first) {
    long bits = 0;
    int zeros = 8 - count;
    for (int place = first; place < first + 4; place++) {
      int group;
      if (gap < 0 || place < gap) {
        group = groups[place];
      } else {
        group = place < gap + zeros ? 0 : groups[place - zeros];
      }
      bits = bits << 16 | group;
    }
    return bits;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private AddressText() {}
}
