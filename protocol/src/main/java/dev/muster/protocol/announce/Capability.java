package dev.muster.protocol.announce;

/**
 * What a peer can do, one bit of {@link ContactMetadata} each; the order is that of the bits. See
 * docs/contact-metadata.md.
 */
public enum Capability {
  /** Takes TCP connections at its port. */
  TCP,
  /** Takes uTP (BEP 29) at the same number of UDP. */
  UTP,
  /** Takes QUIC at the same number of UDP. */
  QUIC,
  /** Can be met over WebRTC. */
  WEBRTC,
  /** Takes encrypted connections (message stream encryption). */
  ENCRYPTION,
  /** Runs a DHT node (BEP 5) at the same number of UDP. */
  DHT,
  /** Relays between peers that cannot reach each other. */
  RELAY,
  /** Holds a backup of the content. */
  BACKUP;

  /** Its bit in {@code caps}. */
  public int bit() {
    return 1 << ordinal();
  }
}
