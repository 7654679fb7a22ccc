package dev.muster.protocol.announce;

import dev.muster.protocol.id.Address;
import dev.muster.protocol.id.InfoHash;
import dev.muster.protocol.id.PeerId;

/**
 * An {@link Announce} as a value, of a peer at an address.
 *
 * @param infoHash the swarm
 * @param peerId who the peer says it is
 * @param address where it is
 * @param port 1 to 65535
 * @param uploaded bytes, unsigned
 * @param downloaded bytes, unsigned
 * @param left bytes, 0 and up, or {@link Announce#UNKNOWN_LEFT}
 * @param event why
 * @param numwant 0 and up, or {@link Announce#DEFAULT_NUMWANT}
 * @param key 0 if none was given
 * @param metadata what the peer says of itself, or {@link Announce#NO_METADATA}
 */
public record AnnounceRequest(
    InfoHash infoHash,
    PeerId peerId,
    Address address,
    int port,
    long uploaded,
    long downloaded,
    long left,
    AnnounceEvent event,
    int numwant,
    long key,
    int metadata)
    implements Announce {

  /** Of a peer that says nothing of itself. */
  public AnnounceRequest(
      InfoHash infoHash,
      PeerId peerId,
      Address address,
      int port,
      long uploaded,
      long downloaded,
      long left,
      AnnounceEvent event,
      int numwant,
      long key) {
    this(
        infoHash,
        peerId,
        address,
        port,
        uploaded,
        downloaded,
        left,
        event,
        numwant,
        key,
        NO_METADATA);
  }

  @Override
  public long hashHigh() {
    return infoHash.high();
  }

  @Override
  public long hashMiddle() {
    return infoHash.middle();
  }

  @Override
  public int hashLow() {
    return infoHash.low();
  }

  @Override
  public long peerIdHigh() {
    return peerId.high();
  }

  @Override
  public long peerIdMiddle() {
    return peerId.middle();
  }

  @Override
  public int peerIdLow() {
    return peerId.low();
  }

  @Override
  public MemberKind kind() {
    return switch (address) {
      case Address.Ipv4 ipv4 -> MemberKind.IPV4;
      case Address.Ipv6 ipv6 -> MemberKind.IPV6;
    };
  }

  @Override
  public int ipv4() {
    return address instanceof Address.Ipv4(int bits) ? bits : 0;
  }

  @Override
  public long ipv6High() {
    return address instanceof Address.Ipv6 ipv6 ? ipv6.high() : 0;
  }

  @Override
  public long ipv6Low() {
    return address instanceof Address.Ipv6 ipv6 ? ipv6.low() : 0;
  }

  @Override
  public long session() {
    return 0;
  }
}
