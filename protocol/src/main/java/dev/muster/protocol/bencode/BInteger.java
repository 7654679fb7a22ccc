package dev.muster.protocol.bencode;

import java.math.BigInteger;

/**
 * An integer; the format knows no largest one.
 *
 * @param value the number
 * @param span see {@link BValue#span()}
 */
public record BInteger(BigInteger value, Span span) implements BValue {
  private static final BigInteger SMALLEST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

  /** This number. */
  public static BInteger of(long value) {
    return new BInteger(BigInteger.valueOf(value), Span.NONE);
  }

  /** This number. */
  public static BInteger of(BigInteger value) {
    return new BInteger(value, Span.NONE);
  }

  /** The number, or the nearest one that a long holds. */
  public long clamped() {
    return value.max(SMALLEST).min(LARGEST).longValue();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BInteger integer && value.equals(integer.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
