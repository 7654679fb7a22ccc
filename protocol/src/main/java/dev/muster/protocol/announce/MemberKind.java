package dev.muster.protocol.announce;

/** How a member of a swarm is reached. */
public enum MemberKind {
  /** A peer at an IPv4 address and port. */
  IPV4,
  /** A peer at an IPv6 address and port. */
  IPV6,
  /**
   * A peer behind a WebSocket of the tracker: it has no address to give, but can be sent offers.
   */
  SESSION
}
