package dev.muster.swarm;

import dev.muster.protocol.announce.Announce;
import dev.muster.protocol.announce.AnnounceEvent;
import dev.muster.protocol.announce.MemberKind;
import dev.muster.protocol.id.InfoHash;

/** An announce of any kind, for tests; the {@code with} methods give altered copies. */
record TestPeer(
    InfoHash infoHash,
    MemberKind kind,
    long place,
    int port,
    long left,
    AnnounceEvent event,
    long peerIdHigh,
    long key,
    int metadata)
    implements Announce {

  static InfoHash hash(long number) {
    return new InfoHash(number, ~number, (int) number);
  }

  /** A leecher at public IPv4 address 1.0.0.0 + {@code place}. */
  static TestPeer ipv4(InfoHash hash, int place, int port) {
    return new TestPeer(
        hash,
        MemberKind.IPV4,
        0x01000000L + place,
        port,
        1000,
        AnnounceEvent.NONE,
        0,
        0,
        NO_METADATA);
  }

  /** A leecher at public IPv6 address 2001:db8:: + {@code place}. */
  static TestPeer ipv6(InfoHash hash, int place, int port) {
    return new TestPeer(
        hash, MemberKind.IPV6, place, port, 1000, AnnounceEvent.NONE, 0, 0, NO_METADATA);
  }

  /**
   * A leecher behind session {@code number}, 1 and up, with the peer id that begins with {@code
   * peerId}.
   */
  static TestPeer session(InfoHash hash, long number, long peerId) {
    return new TestPeer(
        hash, MemberKind.SESSION, number, 0, 1000, AnnounceEvent.NONE, peerId, 0, NO_METADATA);
  }

  TestPeer seeding() {
    return withLeft(0);
  }

  TestPeer withLeft(long left) {
    return new TestPeer(infoHash, kind, place, port, left, event, peerIdHigh, key, metadata);
  }

  TestPeer saying(AnnounceEvent event) {
    return new TestPeer(infoHash, kind, place, port, left, event, peerIdHigh, key, metadata);
  }

  TestPeer stopped() {
    return saying(AnnounceEvent.STOPPED);
  }

  TestPeer completed() {
    return seeding().saying(AnnounceEvent.COMPLETED);
  }

  TestPeer at(long ipv4) {
    return new TestPeer(
        infoHash, MemberKind.IPV4, ipv4, port, left, event, peerIdHigh, key, metadata);
  }

  TestPeer asClient(long peerId, long key) {
    return new TestPeer(infoHash, kind, place, port, left, event, peerId, key, metadata);
  }

  TestPeer in(InfoHash hash) {
    return new TestPeer(hash, kind, place, port, left, event, peerIdHigh, key, metadata);
  }

  /** Says this of itself. */
  TestPeer telling(int metadata) {
    return new TestPeer(infoHash, kind, place, port, left, event, peerIdHigh, key, metadata);
  }

  /** How a sink records this peer. */
  String endpoint() {
    return switch (kind) {
      case IPV4 -> "4:" + ipv4() + ":" + port;
      case IPV6 -> "6:" + ipv6High() + ":" + ipv6Low() + ":" + port;
      case SESSION -> "s:" + session() + ":" + peerIdHigh;
    };
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
  public long peerIdMiddle() {
    return peerIdHigh * 31;
  }

  @Override
  public int peerIdLow() {
    return (int) peerIdHigh * 7;
  }

  @Override
  public int ipv4() {
    return (int) place;
  }

  @Override
  public long ipv6High() {
    return 0x20010db8_00000000L + place;
  }

  @Override
  public long ipv6Low() {
    return place * 3;
  }

  @Override
  public long session() {
    return place;
  }

  @Override
  public long uploaded() {
    return 0;
  }

  @Override
  public long downloaded() {
    return 0;
  }

  @Override
  public int numwant() {
    return DEFAULT_NUMWANT;
  }
}
