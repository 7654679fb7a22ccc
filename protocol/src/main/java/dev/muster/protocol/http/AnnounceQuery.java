package dev.muster.protocol.http;

import dev.muster.protocol.announce.Announce;
import dev.muster.protocol.announce.AnnounceEvent;
import dev.muster.protocol.announce.AnnounceRequest;
import dev.muster.protocol.id.Address;
import dev.muster.protocol.id.Endpoint;
import dev.muster.protocol.id.InfoHash;
import dev.muster.protocol.id.PeerId;
import java.util.Optional;

/**
 * An announce as its URL says it; where it came from only the door knows.
 *
 * @param infoHash the swarm
 * @param peerId who the peer says it is
 * @param port 1 to 65535
 * @param uploaded bytes, unsigned
 * @param downloaded bytes, unsigned
 * @param left bytes, 0 and up, or {@link Announce#UNKNOWN_LEFT}
 * @param event why
 * @param numwant 0 and up, or {@link Announce#DEFAULT_NUMWANT}
 * @param key the client's mark, 0 if none: the value of up to eight hexadecimal digits, which is
 *     how the 32-bit key of a UDP announce is written here; of anything else a hash
 * @param ip the address the peer claims ({@code ip=}), as text; empty if none
 * @param ipv4 the IPv4 address it claims ({@code ipv4=}); empty if none
 * @param ipv6 the IPv6 address it claims ({@code ipv6=}); empty if none
 * @param trackerId what the tracker once told it ({@code trackerid=}); empty if none
 * @param compact false if it asked for {@code compact=0}
 * @param noPeerId whether it asked for {@code no_peer_id=1}
 * @param contact whether it asked for peers with what is known of them ({@code contact=1},
 *     docs/contact-metadata.md)
 * @param metadata what it says of itself ({@code caps=}, {@code up=}, {@code down=}), or {@link
 *     Announce#NO_METADATA}
 */
public record AnnounceQuery(
    InfoHash infoHash,
    PeerId peerId,
    int port,
    long uploaded,
    long downloaded,
    long left,
    AnnounceEvent event,
    int numwant,
    long key,
    String ip,
    String ipv4,
    String ipv6,
    String trackerId,
    boolean compact,
    boolean noPeerId,
    boolean contact,
    int metadata)
    implements HttpQuery {

  /** The announce of the peer at this address. */
  public AnnounceRequest from(Address address) {
    return new AnnounceRequest(
        infoHash, peerId, address, port, uploaded, downloaded, left, event, numwant, key, metadata);
  }

  /**
   * The address the peer claims to be at instead of {@code source}: that of {@code ip=}, else the
   * one of {@code ipv4=} and {@code ipv6=} that is of the family of {@code source}; never {@code
   * 0.0.0.0} or {@code ::}. Whether to believe it is the door's decision: by default nobody should,
   * for it may be a victim's.
   */
  public Optional<Address> claimed(Address source) {
    Optional<Address> any = addressIn(ip);
    if (any.isPresent()) {
      return any;
    }
    String text = source instanceof Address.Ipv4 ? ipv4 : ipv6;
    return addressIn(text).filter(address -> address.getClass() == source.getClass());
  }

  /** Old clients write an endpoint where an address should be. */
  private static Optional<Address> addressIn(String text) {
    return text.isEmpty()
        ? Optional.empty()
        : Endpoint.parse(text).map(Endpoint::address).filter(address -> !address.isUnspecified());
  }
}
