package dev.muster.protocol.bencode;

/**
 * The input is not what the reader was asked to take. Carries no stack trace: what matters is where
 * in the input it happened.
 */
public final class BencodeException extends Exception {
  private static final long serialVersionUID = 1;

  /** What is wrong. */
  public enum Fault {
    /** The input ends inside a value. */
    TRUNCATED,
    /** A byte that cannot stand here. */
    UNEXPECTED_BYTE,
    /** A number with leading zeros, or minus zero. */
    NOT_CANONICAL,
    /** A key that is not above the one before it. */
    KEY_ORDER,
    /** Bytes after the value. */
    TRAILING,
    /** Lists and dictionaries too deep. */
    TOO_DEEP,
    /** Too many values. */
    TOO_MANY,
    /** A number with too many digits. */
    TOO_LONG
  }

  private final Fault fault;
  private final int offset;

  BencodeException(Fault fault, int offset, String message) {
    super(message + " at offset " + offset, null, false, false);
    this.fault = fault;
    this.offset = offset;
  }

  /** What is wrong. */
  public Fault fault() {
    return fault;
  }

  /** Where, as an offset in the array that was read. */
  public int offset() {
    return offset;
  }
}
