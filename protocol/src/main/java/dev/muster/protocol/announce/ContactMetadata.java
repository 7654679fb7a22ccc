package dev.muster.protocol.announce;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a peer says of itself beside its address, in 16 bits (docs/contact-metadata.md). It is the
 * peer's own word, a hint and no more.
 *
 * <pre>
 *   15            8 7      4 3      0
 *  | capabilities  | up     | down   |      bandwidth classes
 * </pre>
 *
 * @param bits 0 to 65535; 0 says nothing
 */
public record ContactMetadata(int bits) {
  /** Nothing is known. */
  public static final ContactMetadata NONE = new ContactMetadata(0);

  private static final int CAPABILITIES_SHIFT = 8;
  private static final int UP_SHIFT = 4;
  private static final int CLASS_MASK = 15;
  private static final int CAPABILITIES_MASK = 0xff;

  /**
   * @throws IllegalArgumentException if the bits are not 0 to 65535
   */
  public ContactMetadata {
    if (bits >>> Short.SIZE != 0) {
      throw new IllegalArgumentException("metadata are 16 bits, value=" + bits);
    }
  }

  /**
   * What these capabilities and {@linkplain BandwidthClass bandwidth classes} are together.
   *
   * @throws IllegalArgumentException if a class is not 0 to 15
   */
  public static ContactMetadata of(Set<Capability> capabilities, int up, int down) {
    if (up >>> 4 != 0 || down >>> 4 != 0) {
      throw new IllegalArgumentException("a class is 0 to 15, up=" + up + ", down=" + down);
    }
    int caps = 0;
    for (Capability capability : capabilities) {
      caps |= capability.bit();
    }
    return new ContactMetadata(pack(caps, up, down));
  }

  /**
   * The bits of what stands on the wire, whatever stands there: unknown capabilities are dropped,
   * classes above the highest are the highest.
   *
   * @param caps the sum of the capabilities' bits, 0 and up
   * @param up 0 and up
   * @param down 0 and up
   */
  public static int pack(long caps, long up, long down) {
    return (int) (caps & CAPABILITIES_MASK) << CAPABILITIES_SHIFT
        | (int) Math.min(up, CLASS_MASK) << UP_SHIFT
        | (int) Math.min(down, CLASS_MASK);
  }

  /** The sum of the capabilities' bits. */
  public int caps() {
    return bits >>> CAPABILITIES_SHIFT;
  }

  /** Bandwidth class of the upload. */
  public int up() {
    return bits >>> UP_SHIFT & CLASS_MASK;
  }

  /** Bandwidth class of the download. */
  public int down() {
    return bits & CLASS_MASK;
  }

  /** Whether the peer says that it can do this. */
  public boolean has(Capability capability) {
    return (caps() & capability.bit()) != 0;
  }

  /** All that the peer says it can do. */
  public Set<Capability> capabilities() {
    Set<Capability> all = EnumSet.noneOf(Capability.class);
    for (Capability capability : Capability.values()) {
      if (has(capability)) {
        all.add(capability);
      }
    }
    return all;
  }
}
