package dev.muster.protocol.bencode;

/**
 * What a reader puts up with. Strings need no limit of their own: they lie within the input.
 *
 * @param depth lists and dictionaries inside one another, 0 (none at all) to 512
 * @param tokens values and keys altogether, 1 and up
 * @param digits decimal digits of an integer, 1 and up; reading costs time in their square
 */
public record BencodeLimits(int depth, int tokens, int digits) {
  /** For a tracker's reply: flat, but a long one may list each peer as a dictionary. */
  public static final BencodeLimits TRACKER_REPLY = new BencodeLimits(8, 100_000, 20);

  public BencodeLimits {
    if (depth < 0 || depth > 512) {
      throw new IllegalArgumentException("depth is 0 to 512, depth=" + depth);
    }
    if (tokens < 1 || digits < 1) {
      throw new IllegalArgumentException(
          "at least one token and one digit, tokens=" + tokens + ", digits=" + digits);
    }
  }
}
