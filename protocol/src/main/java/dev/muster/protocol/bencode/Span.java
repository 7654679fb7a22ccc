package dev.muster.protocol.bencode;

/**
 * The bytes a value was read from.
 *
 * @param start offset of its first byte in the array that was read
 * @param end offset after its last byte
 */
public record Span(int start, int end) {
  /** Of a value that was not read but made. */
  public static final Span NONE = new Span(0, 0);

  /** How many bytes. */
  public int length() {
    return end - start;
  }
}
