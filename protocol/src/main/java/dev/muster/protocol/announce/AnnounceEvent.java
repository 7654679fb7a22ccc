package dev.muster.protocol.announce;

/**
 * Why a peer announces (BEP 3, 15, 21). The order of the constants is the number on the UDP wire.
 */
public enum AnnounceEvent {
  /** The regular announce, and any event this tracker does not know. */
  NONE,
  /** The download has just finished. */
  COMPLETED,
  /** The peer has just begun. */
  STARTED,
  /** The peer leaves. */
  STOPPED,
  /**
   * A partial seed: incomplete, but it downloads no more (BEP 21). Joins the swarm if it was not in
   * it.
   */
  PAUSED;

  private static final AnnounceEvent[] BY_NUMBER = values();

  /**
   * The event with this number in a UDP announce (BEP 15; 4 is what libtorrent sends for paused);
   * unknown ones are NONE.
   */
  public static AnnounceEvent ofNumber(int number) {
    return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : NONE;
  }
}
