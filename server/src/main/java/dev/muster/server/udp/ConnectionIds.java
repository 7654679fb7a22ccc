package dev.muster.server.udp;

/**
 * Makes and checks the connection ids of BEP 15, which prove that a sender receives what is sent to
 * its address. Nothing is remembered: an id is a keyed hash of the address and of the time, and
 * whoever holds the key can check it. Immutable, may be shared by threads.
 *
 * <pre>
 *   0      1                                8
 *   +------+--------------------------------+
 *   |  A0  | SipHash-2-4 of address, epoch  |     the upper 56 bits of the hash
 *   +------+--------------------------------+
 * </pre>
 *
 * <p>The first byte keeps requests apart from the other protocols on the port (see {@link
 * dev.muster.protocol.udp.PacketKind}). The port of the sender is left out, for address translators
 * change it, and clients share an id among their sockets.
 *
 * <p>An epoch is {@value #EPOCH_SECONDS} s of the wall clock, and ids of this one and the one
 * before are good: an id lasts for at least 150 s and at most 300 s. BEP 15 asks for 120 s at the
 * tracker; uTorrent keeps them for longer than that. All nodes behind one address need the same key
 * (clients do not keep ids apart by port), and clocks that agree within seconds.
 *
 * <p>56 bits: a forger who has no id guesses right once in 2^55 packets.
 */
public final class ConnectionIds {
  /** Bytes of a key. */
  public static final int KEY_LENGTH = SipHash.KEY_LENGTH;

  static final int EPOCH_SECONDS = 150;
  private static final long MARK = 0xA0L << 56;

  private final SipHash hash;

  /**
   * @param key secret; copied
   * @throws IllegalArgumentException if it does not have {@value #KEY_LENGTH} bytes
   */
  public ConnectionIds(byte[] key) {
    hash = new SipHash(key);
  }

  /**
   * The id for an address, given as {@link dev.muster.protocol.udp.SourceAddress} has it.
   *
   * @param seconds the wall clock's, since 1970
   */
  long issue(long sourceHigh, long sourceLow, long seconds) {
    return idOf(sourceHigh, sourceLow, Math.floorDiv(seconds, EPOCH_SECONDS));
  }

  /**
   * Whether this id was issued to this address lately. Takes the same time for all that were not.
   *
   * @param seconds the wall clock's, since 1970
   */
  boolean accepts(long id, long sourceHigh, long sourceLow, long seconds) {
    long epoch = Math.floorDiv(seconds, EPOCH_SECONDS);
    return id == idOf(sourceHigh, sourceLow, epoch) || id == idOf(sourceHigh, sourceLow, epoch - 1);
  }

  private long idOf(long sourceHigh, long sourceLow, long epoch) {
    return MARK | hash.hash(sourceHigh, sourceLow, epoch, 3) >>> 8;
  }
}
