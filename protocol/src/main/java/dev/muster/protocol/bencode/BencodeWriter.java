package dev.muster.protocol.bencode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Writes canonical bencoding into an array that grows, to be used again and again. A caller that
 * would write something else (keys not ascending as unsigned bytes, a key without a value, an end
 * without a beginning) has a defect and is told so by an {@link IllegalStateException}.
 *
 * <p>Not thread-safe.
 */
public final class BencodeWriter {
  private static final int LIST = -1;
  private static final int NO_KEY_YET = -2;
  private static final byte[] MIN_LONG = "-9223372036854775808".getBytes(ISO_8859_1);

  private byte[] out;
  private int length;

  /** For each open list LIST, for each open dictionary the offset of its last key or NO_KEY_YET. */
  private int[] open = new int[8];

  /** How long the last key of each open dictionary is. */
  private int[] keyLength = new int[8];

  private int depth;
  private boolean keyWritten;

  /**
   * @param capacity bytes to begin with, 1 and up
   */
  public BencodeWriter(int capacity) {
    this.out = new byte[Math.max(1, capacity)];
  }

  /** Forgets everything written, and keeps the memory. */
  public BencodeWriter clear() {
    length = 0;
    depth = 0;
    keyWritten = false;
    return this;
  }

  /** Bytes written so far. */
  public int length() {
    return length;
  }

  /**
   * The array that is written to; its first {@link #length()} bytes count, until the next write.
   */
  public byte[] array() {
    return out;
  }

  /** A copy of the bytes written; everything begun must have ended. */
  public byte[] toByteArray() {
    require(depth == 0, "a list or dictionary is still open");
    return Arrays.copyOf(out, length);
  }

  /** Begins a list. */
  public BencodeWriter list() {
    beforeValue();
    put('l');
    push(LIST);
    return this;
  }

  /** Begins a dictionary. */
  public BencodeWriter dictionary() {
    beforeValue();
    put('d');
    push(NO_KEY_YET);
    return this;
  }

  /** Ends the list or dictionary begun last. */
  public BencodeWriter end() {
    require(depth > 0 && !keyWritten, "nothing to end here");
    depth--;
    put('e');
    return this;
  }

  /** Writes a key; its value must follow. */
  public BencodeWriter key(byte[] key) {
    require(depth > 0 && open[depth - 1] != LIST && !keyWritten, "no key can stand here");
    int top = depth - 1;
    if (open[top] != NO_KEY_YET) {
      int start = open[top];
      require(
          Arrays.compareUnsigned(out, start, start + keyLength[top], key, 0, key.length) < 0,
          "a key must be above the one before it");
    }
    bytes(key, 0, key.length);
    open[top] = length - key.length;
    keyLength[top] = key.length;
    keyWritten = true;
    return this;
  }

  /** Writes a key of Latin-1 characters; its value must follow. */
  public BencodeWriter key(String key) {
    return key(key.getBytes(ISO_8859_1));
  }

  /** Writes a string. */
  public BencodeWriter string(byte[] bytes) {
    return string(bytes, 0, bytes.length);
  }

  /** Writes a string: {@code count} bytes from {@code from}. */
  public BencodeWriter string(byte[] bytes, int from, int count) {
    beforeValue();
    bytes(bytes, from, count);
    return this;
  }

  /** Writes an integer. */
  public BencodeWriter integer(long value) {
    beforeValue();
    put('i');
    decimal(value);
    put('e');
    return this;
  }

  /** Writes an integer of any size. */
  public BencodeWriter integer(BigInteger value) {
    beforeValue();
    put('i');
    raw(value.toString().getBytes(ISO_8859_1));
    put('e');
    return this;
  }

  /** Writes a value; a dictionary in the order of its keys, of repeated ones the first. */
  public BencodeWriter value(BValue value) {
    switch (value) {
      case BString string -> string(string.bytes());
      case BInteger integer -> integer(integer.value());
      case BList list -> {
        list();
        list.values().forEach(this::value);
        end();
      }
      case BDictionary dictionary -> {
        dictionary();
        dictionary
            .sorted()
            .forEach((key, held) -> {
              key(key.bytes());
              value(held);
            });
        end();
      }
    }
    return this;
  }

  /**
   * Writes a value that is bencoded already, byte for byte: the way to keep the hash of one that
   * was read.
   *
   * @param value where it lies
   * @param from offset of its first byte
   * @param count how many bytes it has; that they are one value is the caller's word
   */
  public BencodeWriter encoded(byte[] value, int from, int count) {
    beforeValue();
    ensure(count);
    System.arraycopy(value, from, out, length, count);
    length += count;
    return this;
  }

  private void beforeValue() {
    require(depth == 0 || open[depth - 1] == LIST || keyWritten, "a key must come first");
    require(depth > 0 || length == 0, "there is a value already");
    keyWritten = false;
  }

  private void push(int mark) {
    if (depth == open.length) {
      open = Arrays.copyOf(open, depth * 2);
      keyLength = Arrays.copyOf(keyLength, depth * 2);
    }
    open[depth++] = mark;
  }

  private void bytes(byte[] bytes, int from, int count) {
    decimal(count);
    put(':');
    ensure(count);
    System.arraycopy(bytes, from, out, length, count);
    length += count;
  }

  private void decimal(long value) {
    if (value == Long.MIN_VALUE) {
      raw(MIN_LONG);
      return;
    }
    if (value < 0) {
      put('-');
      value = -value;
    }
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    ensure(digits);
    for (int i = length + digits - 1; i >= length; i--) {
      out[i] = (byte) ('0' + value % 10);
      value /= 10;
    }
    length += digits;
  }

  private void raw(byte[] bytes) {
    ensure(bytes.length);
    System.arraycopy(bytes, 0, out, length, bytes.length);
    length += bytes.length;
  }

  private void put(char c) {
    ensure(1);
    out[length++] = (byte) c;
  }

  private void ensure(int more) {
    if (more > out.length - length) {
      out = Arrays.copyOf(out, Math.max(Math.addExact(length, more), out.length * 2));
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalStateException(message);
    }
  }
}
