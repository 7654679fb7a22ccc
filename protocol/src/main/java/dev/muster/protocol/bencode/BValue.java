package dev.muster.protocol.bencode;

/**
 * A bencoded value (BEP 3). Immutable. Two values are equal if they say the same; where they were
 * read ({@link #span()}) does not matter.
 */
public sealed interface BValue permits BString, BInteger, BList, BDictionary {
  /** The bytes this value was read from, or {@link Span#NONE}. */
  Span span();
}
