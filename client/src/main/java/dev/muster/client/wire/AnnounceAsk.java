package dev.muster.client.wire;

import dev.muster.protocol.announce.AnnounceEvent;
import dev.muster.protocol.id.InfoHash;
import dev.muster.protocol.id.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * What is announced (BEP 3, 7, 15).
 *
 * @param swarm what is shared
 * @param peerId who announces
 * @param port where this peer listens, 1 to 65535
 * @param uploaded bytes, 0 and up
 * @param downloaded bytes, 0 and up
 * @param left bytes, 0 and up, or {@link dev.muster.protocol.announce.Announce#UNKNOWN_LEFT}
 * @param event why
 * @param numwant peers wanted, 0 and up, or {@link
 *     dev.muster.protocol.announce.Announce#DEFAULT_NUMWANT}
 * @param key this peer's mark, the same over IPv4 and IPv6 (BEP 7)
 * @param trackerId what the tracker gave before; null if nothing
 */
public record AnnounceAsk(
    InfoHash swarm,
    PeerId peerId,
    int port,
    long uploaded,
    long downloaded,
    long left,
    AnnounceEvent event,
    int numwant,
    int key,
    @Nullable String trackerId) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException with the value that is out of its range
   */
  public AnnounceAsk {
    if (port < 1 || port > 0xffff) {
      throw new IllegalArgumentException("a port is 1 to 65535, port=" + port);
    }
    if (uploaded < 0 || downloaded < 0 || left < -1 || numwant < -1) {
      throw new IllegalArgumentException(
          "uploaded and downloaded are 0 and up, left and numwant too or -1: uploaded=%d, downloaded=%d, left=%d, numwant=%d"
              .formatted(uploaded, downloaded, left, numwant));
    }
  }
}
