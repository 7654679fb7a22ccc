package dev.muster.protocol.bencode;

import java.util.List;

/**
 * A list of values of any kind.
 *
 * @param values in their order
 * @param span see {@link BValue#span()}
 */
public record BList(List<BValue> values, Span span) implements BValue {
  public BList {
    values = List.copyOf(values);
  }

  /** A list of these values. */
  public static BList of(BValue... values) {
    return new BList(List.of(values), Span.NONE);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BList list && values.equals(list.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
