package dev.muster.protocol.bencode;

import dev.muster.protocol.bencode.BencodeException.Fault;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Reads bencoded values from a range of an array. Takes memory in proportion to the input at most:
 * a length is compared with what is left before anything is allocated for it.
 *
 * <p>Strict reading takes canonical form only. Lenient reading also takes dictionaries with keys
 * unsorted or repeated and numbers with leading zeros, as some DHT nodes send them.
 *
 * <p>Used by one call only; not thread-safe.
 */
public final class BencodeReader {
  private final byte[] input;
  private final int to;
  private final BencodeLimits limits;
  private final boolean strict;
  private int at;
  private int tokens;

  private BencodeReader(byte[] input, int from, int to, BencodeLimits limits, boolean strict) {
    Objects.checkFromToIndex(from, to, input.length);
    this.input = input;
    this.at = from;
    this.to = to;
    this.limits = limits;
    this.strict = strict;
  }

  /**
   * The one value in all of this array, in canonical form.
   *
   * @throws BencodeException if it is not that, or over the limits
   */
  public static BValue strict(byte[] input, BencodeLimits limits) throws BencodeException {
    return whole(new BencodeReader(input, 0, input.length, limits, true));
  }

  /**
   * The one value in all of this range, in canonical form.
   *
   * @param from offset of its first byte
   * @param to offset after its last byte
   * @throws BencodeException if it is not that, or over the limits
   */
  public static BValue strict(byte[] input, int from, int to, BencodeLimits limits)
      throws BencodeException {
    return whole(new BencodeReader(input, from, to, limits, true));
  }

  /**
   * The one value in all of this array, in canonical form or nearly so.
   *
   * @throws BencodeException if it is not that, or over the limits
   */
  public static BValue lenient(byte[] input, BencodeLimits limits) throws BencodeException {
    return whole(new BencodeReader(input, 0, input.length, limits, false));
  }

  /**
   * The value at the beginning of this range, in canonical form or nearly so; other bytes may
   * follow after the end of its {@link BValue#span()}.
   *
   * @param from offset of its first byte
   * @param to offset after the last byte that may be read
   * @throws BencodeException if there is none, or over the limits
   */
  public static BValue lenientPrefix(byte[] input, int from, int to, BencodeLimits limits)
      throws BencodeException {
    return new BencodeReader(input, from, to, limits, false).value(0);
  }

  private static BValue whole(BencodeReader reader) throws BencodeException {
    BValue value = reader.value(0);
    if (reader.at != reader.to) {
      throw reader.fault(
          Fault.TRAILING, reader.at, (reader.to - reader.at) + " bytes after the value");
    }
    return value;
  }

  private BValue value(int depth) throws BencodeException {
    byte first = peek();
    return switch (first) {
      case 'i' -> integer();
      case 'l' -> list(depth + 1);
      case 'd' -> dictionary(depth + 1);
      default -> string();
    };
  }

  private BInteger integer() throws BencodeException {
    count();
    int start = at++;
    boolean negative = peek() == '-';
    if (negative) {
      at++;
    }
    int digits = at;
    long small = 0;
    while (peek() != 'e') {
      byte b = digit("an integer");
      if (at - digits > limits.digits()) {
        throw fault(
            Fault.TOO_LONG, start, "an integer of more than " + limits.digits() + " digits");
      }
      small = small * 10 + b - '0'; // means something up to 18 digits
    }
    int length = at - digits;
    if (length == 0) {
      throw fault(Fault.UNEXPECTED_BYTE, at, "an integer without digits");
    }
    boolean zero = input[digits] == '0';
    if (strict && zero && (length > 1 || negative)) {
      throw fault(Fault.NOT_CANONICAL, digits, "an integer with leading zeros or minus zero");
    }
    at++;
    BigInteger value =
        length <= 18
            ? BigInteger.valueOf(negative ? -small : small)
            : new BigInteger(latin1(negative ? digits - 1 : digits, at - 1));
    return new BInteger(value, new Span(start, at));
  }

  private BString string() throws BencodeException {
    count();
    int start = at;
    long length = 0;
    while (peek() != ':') {
      byte b = digit("a value");
      if (strict && at - start == 2 && input[start] == '0') {
        throw fault(Fault.NOT_CANONICAL, start, "a length with leading zeros");
      }
      length = length * 10 + b - '0';
      if (length > to - at) {
        throw fault(Fault.TRUNCATED, start, "a string longer than the input");
      }
    }
    if (at == start) {
      throw fault(Fault.UNEXPECTED_BYTE, at, "a string without a length");
    }
    at++;
    if (length > to - at) {
      throw fault(Fault.TRUNCATED, start, "a string longer than the input");
    }
    int from = at;
    at += (int) length;
    return new BString(Arrays.copyOfRange(input, from, at), new Span(start, at));
  }

  private BList list(int depth) throws BencodeException {
    int start = enter(depth);
    List<BValue> values = new ArrayList<>();
    while (peek() != 'e') {
      values.add(value(depth));
    }
    at++;
    return new BList(values, new Span(start, at));
  }

  private BDictionary dictionary(int depth) throws BencodeException {
    int start = enter(depth);
    List<BDictionary.Entry> entries = new ArrayList<>();
    BString before = null;
    while (peek() != 'e') {
      BString key = string();
      if (strict && before != null && before.compareTo(key) >= 0) {
        throw fault(Fault.KEY_ORDER, key.span().start(), "key " + key + " after " + before);
      }
      before = key;
      entries.add(new BDictionary.Entry(key, value(depth)));
    }
    at++;
    return new BDictionary(entries, new Span(start, at));
  }

  private int enter(int depth) throws BencodeException {
    count();
    if (depth > limits.depth()) {
      throw fault(Fault.TOO_DEEP, at, "deeper than " + limits.depth());
    }
    return at++;
  }

  private void count() throws BencodeException {
    if (++tokens > limits.tokens()) {
      throw fault(Fault.TOO_MANY, at, "more than " + limits.tokens() + " values");
    }
  }

  private byte peek() throws BencodeException {
    if (at >= to) {
      throw fault(Fault.TRUNCATED, at, "the input ends inside a value");
    }
    return input[at];
  }

  private byte digit(String where) throws BencodeException {
    byte b = input[at];
    if (b < '0' || b > '9') {
      throw fault(
          Fault.UNEXPECTED_BYTE, at, String.format("byte 0x%02x where %s should be", b, where));
    }
    at++;
    return b;
  }

  private String latin1(int from, int end) {
    return new String(input, from, end - from, java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private BencodeException fault(Fault fault, int offset, String message) {
    return new BencodeException(fault, offset, message);
  }
}
