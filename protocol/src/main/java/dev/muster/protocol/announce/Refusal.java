package dev.muster.protocol.announce;

/**
 * Why a request was refused: one name for every door, for the counters and for the tests. The
 * sentence that a client is told is the door's, because it holds the offending value.
 */
public enum Refusal {
  /** Not a request of this protocol at all, or cut short. */
  MALFORMED,
  /** The info hash is missing, given twice in an announce, or not 20 bytes. */
  INFO_HASH,
  /** The peer id is missing, given twice, or not 20 bytes. */
  PEER_ID,
  /** The port is missing, or not 1 to 65535. */
  PORT,
  /** Another number is not a number. */
  NUMBER,
  /** A trusted proxy has passed it on without a readable address of the client. */
  CLIENT_ADDRESS,
  /** The UDP connection id was not issued to this address, or too long ago. */
  CONNECTION_ID,
  /** A scrape of no hash. */
  EMPTY_SCRAPE,
  /** A path that is neither announce nor scrape. */
  NOT_FOUND,
  /** A method other than GET and HEAD. */
  METHOD,
  /** A request line, header or body over the limit. */
  TOO_LARGE,
  /** The sender took too long over its request. */
  TOO_SLOW,
  /** A TLS handshake that failed, or bytes that broke the protocol afterwards. */
  TLS,
  /** More connections than the limit. */
  TOO_MANY_CONNECTIONS,
  /** The memory cap is reached: no new swarms. */
  NO_ROOM_FOR_SWARM,
  /** The memory cap and its reserve are reached: no new peers. */
  NO_ROOM_FOR_PEER,
  /** A fault of the tracker's own. */
  INTERNAL;

  /** The name on metrics and in the configuration: lower case, words joined by {@code _}. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
