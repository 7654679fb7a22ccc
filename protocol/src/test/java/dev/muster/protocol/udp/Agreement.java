package dev.muster.protocol.udp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.announce.AnnounceRequest;
import dev.muster.protocol.id.Address;
import dev.muster.protocol.id.InfoHash;
import dev.muster.protocol.id.PeerId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Holds the views of the packet path against the records, which read the bytes their own way. */
final class Agreement {
  private static final long HIGH = 0x2001_0db8_0000_0001L;
  private static final long LOW = 0x1234_5678_9abc_def0L;

  private Agreement() {}

  /** Whatever these bytes are, both ways of reading say the same of them. */
  static void check(byte[] packet, int offset) {
    ByteBuffer buffer = ByteBuffer.allocate(packet.length + offset + 3);
    buffer.put(offset, packet).position(1);
    Optional<UdpRequest> record = UdpRequest.decode(ByteBuffer.wrap(packet));
    switch (PacketKind.of(buffer, offset, packet.length)) {
      case CONNECT ->
          assertThat(record)
              .contains(new UdpRequest.Connect(UdpPacket.transactionId(buffer, offset)));
      case ANNOUNCE -> checkAnnounce(buffer, offset, packet.length, record.orElseThrow());
      case SCRAPE -> checkScrape(buffer, offset, packet.length, record.orElseThrow());
      case MALFORMED, JUNK -> assertThat(record).isEmpty();
      case DHT, STUN, RENDEZVOUS -> {
        // by the first bytes another protocol's, even if BEP 15 could be read from the rest
      }
    }
    assertThat(buffer.position()).isEqualTo(1);
    assertThat(buffer.limit()).isEqualTo(buffer.capacity());
  }

  private static void checkAnnounce(ByteBuffer in, int offset, int length, UdpRequest record) {
    UdpRequest.Announce expected = (UdpRequest.Announce) record;
    UdpAnnounce view = new UdpAnnounce().wrap(in, offset, length, HIGH, LOW);
    assertThat(view.connectionId()).isEqualTo(expected.connectionId());
    assertThat(view.transactionId()).isEqualTo(expected.transactionId());
    assertThat(valueOf(view)).isEqualTo(expected.from(new Address.Ipv6(HIGH, LOW)));
    byte[] url = new byte[view.urlDataLength()];
    assertThat(view.copyUrlData(url)).isEqualTo(url.length);
    assertThat(new String(url, StandardCharsets.ISO_8859_1)).isEqualTo(expected.urlData());
  }

  private static void checkScrape(ByteBuffer in, int offset, int length, UdpRequest record) {
    UdpRequest.Scrape expected = (UdpRequest.Scrape) record;
    UdpScrape view = new UdpScrape().wrap(in, offset, length);
    assertThat(view.connectionId()).isEqualTo(expected.connectionId());
    assertThat(view.transactionId()).isEqualTo(expected.transactionId());
    assertThat(view.hashes()).isEqualTo(expected.infoHashes().size());
    for (int i = 0; i < view.hashes(); i++) {
      assertThat(view.hashHigh(i)).isEqualTo(expected.infoHashes().get(i).high());
      assertThat(view.hashMiddle(i)).isEqualTo(expected.infoHashes().get(i).middle());
      assertThat(view.hashLow(i)).isEqualTo(expected.infoHashes().get(i).low());
    }
  }

  /** What a view says, as a value. */
  static AnnounceRequest valueOf(UdpAnnounce view) {
    Address address =
        switch (view.kind()) {
          case IPV4 -> new Address.Ipv4(view.ipv4());
          case IPV6 -> new Address.Ipv6(view.ipv6High(), view.ipv6Low());
          case SESSION -> throw new AssertionError("a UDP peer is at an address");
        };
    return new AnnounceRequest(
        new InfoHash(view.hashHigh(), view.hashMiddle(), view.hashLow()),
        new PeerId(view.peerIdHigh(), view.peerIdMiddle(), view.peerIdLow()),
        address,
        view.port(),
        view.uploaded(),
        view.downloaded(),
        view.left(),
        view.event(),
        view.numwant(),
        view.key());
  }
}
