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
   * Whether address peers shall be told with their age and metadata. If not, those calls are never
   * made; if so, only those.
   */
  default boolean wantsContacts() {
    return false;
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

  /**
   * Peers at IPv4 addresses that lie side by side.
   *
   * @param peers of each the address in the high 32 bits, the port in the 16 below; the rest means
   *     nothing
   * @param from place of the first
   * @param count how many, 0 and up
   */
  default void ipv4(long[] peers, int from, int count) {
    for (int i = from; i < from + count; i++) {
      ipv4((int) (peers[i] >>> 32), (int) (peers[i] >>> 16) & 0xffff);
    }
  }

  /** A peer at an IPv6 address, two big-endian halves, and port 1 to 65535. */
  void ipv6(long high, long low, int port);

  /**
   * A peer at an IPv4 address, big-endian, with what is known of it.
   *
   * @param age seconds since its last announce, at most; the announce was up to 31 s later
   * @param metadata what it said of itself, as {@link
   *     dev.muster.protocol.announce.Announce#metadata()} has it; 0 if nothing
   */
  default void ipv4(int address, int port, int age, int metadata) {
    throw new UnsupportedOperationException("no contact was wanted");
  }

  /** The same of a peer at an IPv6 address, two big-endian halves. */
  default void ipv6(long high, long low, int port, int age, int metadata) {
    throw new UnsupportedOperationException("no contact was wanted");
  }

  /** A member behind a WebSocket session, with its peer id in three big-endian parts. */
  default void session(long session, long peerIdHigh, long peerIdMiddle, int peerIdLow) {
    throw new UnsupportedOperationException("no session was wanted");
  }
}
