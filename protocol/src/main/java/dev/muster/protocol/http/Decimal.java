package dev.muster.protocol.http;

/**
 * A decimal number in a query: given, negative, not given at all, or not a number.
 *
 * @param kind which of these
 * @param value the number, unsigned, 2^64-1 if it is larger than that
 */
record Decimal(Kind kind, long value) {
  private enum Kind {
    NUMBER,
    NEGATIVE,
    ABSENT,
    TEXT
  }

  private static final Decimal NEGATIVE = new Decimal(Kind.NEGATIVE, 0);
  private static final Decimal ABSENT = new Decimal(Kind.ABSENT, 0);
  private static final Decimal TEXT = new Decimal(Kind.TEXT, 0);

  static Decimal in(byte[] text, int from, int to) {
    if (from == to) {
      return ABSENT;
    }
    boolean negative = text[from] == '-';
    int first = negative ? from + 1 : from;
    if (first == to) {
      return TEXT;
    }
    long value = 0;
    boolean large = false;
    for (int i = first; i < to; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return TEXT;
      }
      // 10 * value + digit must stay below 2^64
      large |= Long.compareUnsigned(value, MOST_BEFORE_DIGIT) > 0;
      value = value * 10 + digit;
      large |= Long.compareUnsigned(value, digit) < 0;
    }
    return negative ? NEGATIVE : new Decimal(Kind.NUMBER, large ? -1 : value);
  }

  private static final long MOST_BEFORE_DIGIT = Long.divideUnsigned(-1, 10);

  boolean isNumber() {
    return kind == Kind.NUMBER;
  }

  boolean isText() {
    return kind == Kind.TEXT;
  }

  /** The number, 2^63-1 if it is larger than that. */
  long signed() {
    return value < 0 ? Long.MAX_VALUE : value;
  }
}
