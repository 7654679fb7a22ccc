package dev.muster.protocol.announce;

/**
 * A peer's announce: "I am here, I take part in this swarm, tell me of others" (BEP 3, 15).
 *
 * <p>Primitive accessors, so that the packet path can hand on a reused view of the receive buffer.
 * An instance may be such a view: read it during the call it is passed to, and keep nothing of it.
 * Not thread-safe.
 */
public interface Announce {
  /** {@link #left()} of a peer that does not know how much it lacks, or did not say. */
  long UNKNOWN_LEFT = -1;

  /** {@link #numwant()} of a peer that leaves the number to the tracker. */
  int DEFAULT_NUMWANT = -1;

  /** {@link #metadata()} of a peer that said nothing of itself: what was known stays. */
  int NO_METADATA = -1;

  /** Bytes 0 to 7 of the info hash, big-endian. */
  long hashHigh();

  /** Bytes 8 to 15 of the info hash, big-endian. */
  long hashMiddle();

  /** Bytes 16 to 19 of the info hash, big-endian. */
  int hashLow();

  /** Bytes 0 to 7 of the peer id, big-endian. */
  long peerIdHigh();

  /** Bytes 8 to 15 of the peer id, big-endian. */
  long peerIdMiddle();

  /** Bytes 16 to 19 of the peer id, big-endian. */
  int peerIdLow();

  /** How this peer can be reached; says which of the address accessors has a meaning. */
  MemberKind kind();

  /**
   * The peer's IPv4 address, big-endian; meaningful if {@link #kind()} is {@link MemberKind#IPV4}.
   */
  int ipv4();

  /**
   * Bytes 0 to 7 of the peer's IPv6 address; meaningful if {@link #kind()} is {@link
   * MemberKind#IPV6}.
   */
  long ipv6High();

  /**
   * Bytes 8 to 15 of the peer's IPv6 address; meaningful if {@link #kind()} is {@link
   * MemberKind#IPV6}.
   */
  long ipv6Low();

  /**
   * The number of the socket the peer is behind; meaningful if {@link #kind()} is {@link
   * MemberKind#SESSION}.
   */
  long session();

  /** The port the peer listens on, 1 to 65535; 0 for a {@link MemberKind#SESSION}. */
  int port();

  /** Bytes the peer says it has sent, as an unsigned 64-bit number. */
  long uploaded();

  /** Bytes the peer says it has received, as an unsigned 64-bit number. */
  long downloaded();

  /**
   * Bytes the peer still lacks, 0 to 2^63-1 (larger numbers are given as 2^63-1), or {@link
   * #UNKNOWN_LEFT}.
   */
  long left();

  /** Why the peer announces. */
  AnnounceEvent event();

  /** How many peers are wanted, 0 and up, or {@link #DEFAULT_NUMWANT}. */
  int numwant();

  /**
   * The client's own mark, the same over all its addresses (BEP 7); 0 if it gave none. A hint,
   * never an identity.
   */
  long key();

  /**
   * What the peer says of itself, as {@link ContactMetadata#bits()} has it, or {@link
   * #NO_METADATA}.
   */
  default int metadata() {
    return NO_METADATA;
  }
}
