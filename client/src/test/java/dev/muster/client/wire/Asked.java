package dev.muster.client.wire;

import dev.muster.protocol.announce.AnnounceEvent;
import dev.muster.protocol.id.InfoHash;
import dev.muster.protocol.id.PeerId;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** What the tests announce, and with what. */
final class Asked {
  static final InfoHash SWARM = InfoHash.ofHex("0123456789abcdef0123456789abcdef01234567");

  static AnnounceAsk announce() {
    return new AnnounceAsk(
        SWARM,
        PeerId.ofHex("2d4d53303030302d" + "61".repeat(12)),
        6881,
        1,
        2,
        3,
        AnnounceEvent.STARTED,
        50,
        0xcafe0001,
        null);
  }

  static NetworkTransport transport() {
    return NetworkTransport.open(new WireSettings("test", System::nanoTime, null), Asked::both);
  }

  /** Every name has both loopback addresses. */
  private static InetAddress[] both(String name) throws UnknownHostException {
    return new InetAddress[] {InetAddress.getByName("127.0.0.1"), InetAddress.getByName("::1")};
  }

  private Asked() {}
}
