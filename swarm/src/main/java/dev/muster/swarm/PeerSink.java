package dev.muster.swarm;

/**
 * Where the answer to an announce is written, member by member, as it is found. Belongs to one
 * thread.
 */
public interface PeerSink {
  /** The most address peers wanted, of both families together; 0 and up. */
  int wanted();

  /** Whether IPv4 peers can be taken. */
  boolean takesIpv4();

  /** Whether IPv6 peers can be taken. */
  boolean takesIpv6();

  /** Whether peers at private and loopback addresses can be taken. */
  boolean takesPrivate();

  /** The most session members wanted, 0 and up. */
  default int wantedSessions() {
    return 0;
  }

  /**
   * The swarm after this announce; called once, before any member.
   *
   * @param seeders members that lack nothing
   * @param leechers members that lack something, partial seeds among them
   * @param downloaded how many have completed
   */
  void counts(int seeders, int leechers, int downloaded);

  /** A peer at an IPv4 address, big-endian, and port 1 to 65535. */
  void ipv4(int address, int port);

  /** A peer at an IPv6 address, two big-endian halves, and port 1 to 65535. */
  void ipv6(long high, long low, int port);

  /** A member behind a WebSocket session, with its peer id in three big-endian parts. */
  default void session(long session, long peerIdHigh, long peerIdMiddle, int peerIdLow) {
    throw new UnsupportedOperationException("no session was wanted");
  }
}
