package dev.muster.server.udp;

import dev.muster.protocol.udp.UdpReplies;
import dev.muster.server.announce.AnnounceReply;
import java.nio.ByteBuffer;

/** Writes the reply to an announce of one family where the batch has its place. */
final class UdpAnnounceReply extends AnnounceReply {
  private final int room;
  private ByteBuffer out = ByteBuffer.allocate(0);
  private int offset;
  private int peers;
  private int seeders;
  private int leechers;

  UdpAnnounceReply(boolean ipv6, int maxReplyBytes) {
    super(!ipv6, ipv6);
    int peerBytes = ipv6 ? UdpReplies.IPV6_PEER : UdpReplies.IPV4_PEER;
    room = (maxReplyBytes - UdpReplies.ANNOUNCE_HEADER) / peerBytes;
  }

  /** The reply that is made next goes here. */
  void begin(ByteBuffer out, int offset) {
    this.out = out;
    this.offset = offset;
    peers = 0;
    seeders = 0;
    leechers = 0;
  }

  /** Writes what precedes the peers; says how many bytes the whole has. */
  int finish(int transactionId) {
    UdpReplies.putAnnounceHeader(out, offset, transactionId, interval(), leechers, seeders);
    int peerBytes = takesIpv6() ? UdpReplies.IPV6_PEER : UdpReplies.IPV4_PEER;
    return UdpReplies.ANNOUNCE_HEADER + peerBytes * peers;
  }

  /** Peers written. */
  int peers() {
    return peers;
  }

  @Override
  protected int room() {
    return room;
  }

  @Override
  public void counts(int seeders, int leechers, int downloaded) {
    this.seeders = seeders;
    this.leechers = leechers;
  }

  @Override
  protected void writeIpv4(int address, int port) {
    UdpReplies.putIpv4Peer(out, offset, peers++, address, port);
  }

  @Override
  protected void writeIpv4(long[] peers, int from, int count) {
    UdpReplies.putIpv4Peers(out, offset, this.peers, peers, from, count);
    this.peers += count;
  }

  @Override
  protected void writeIpv6(long high, long low, int port) {
    UdpReplies.putIpv6Peer(out, offset, peers++, high, low, port);
  }
}
