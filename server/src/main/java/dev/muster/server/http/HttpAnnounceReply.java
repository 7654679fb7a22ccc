package dev.muster.server.http;

import dev.muster.protocol.http.CompactPeers;
import dev.muster.protocol.http.ContactPeers;
import dev.muster.server.announce.AnnounceReply;

/** An announce's reply while it is made: peers of both families. One for each event loop. */
final class HttpAnnounceReply extends AnnounceReply {
  /** 180 KB of IPv6 peers; libtorrent takes answers up to 816 KiB. */
  private static final int ROOM = 10_000;

  final CompactPeers ipv4 = new CompactPeers();
  final CompactPeers ipv6 = new CompactPeers();
  final ContactPeers contacts = new ContactPeers();
  private boolean wantsContacts;
  private int seeders;
  private int leechers;
  private int downloaded;

  HttpAnnounceReply() {
    super(true, true);
  }

  /**
   * Ready for another.
   *
   * @param wantsContacts whether its peers shall come with what is known of them
   */
  HttpAnnounceReply clear(boolean wantsContacts) {
    this.wantsContacts = wantsContacts;
    ipv4.clear();
    ipv6.clear();
    contacts.clear();
    seeders = 0;
    leechers = 0;
    downloaded = 0;
    return this;
  }

  @Override
  protected int room() {
    return ROOM;
  }

  @Override
  protected void writeIpv4(int address, int port) {
    ipv4.add(address, port);
  }

  @Override
  protected void writeIpv6(long high, long low, int port) {
    ipv6.add(high, low, port);
  }

  @Override
  public boolean wantsContacts() {
    return wantsContacts;
  }

  @Override
  protected void writeIpv4(int address, int port, int age, int metadata) {
    contacts.add(address, port, age, metadata);
  }

  @Override
  protected void writeIpv6(long high, long low, int port, int age, int metadata) {
    contacts.add(high, low, port, age, metadata);
  }

  @Override
  public void counts(int seeders, int leechers, int downloaded) {
    this.seeders = seeders;
    this.leechers = leechers;
    this.downloaded = downloaded;
  }

  int seeders() {
    return seeders;
  }

  int leechers() {
    return leechers;
  }

  int downloaded() {
    return downloaded;
  }

  /** Peers written. */
  int peers() {
    return ipv4.length() / CompactPeers.IPV4_LENGTH
        + ipv6.length() / CompactPeers.IPV6_LENGTH
        + contacts.size();
  }
}
