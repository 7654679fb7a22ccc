package dev.muster.server.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.muster.server.announce.AnnouncePolicy;
import dev.muster.server.announce.AnnounceService;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The portable door. */
class NioUdpDoorTest extends UdpDoorContract {

  @Test
  void everywhereIsIpv4AloneWhereThereIsNoIpv6() throws IOException {
    UdpSettings settings = UdpSettings.at(UdpSettings.everywhere(0));
    NioUdpDoor door =
        nio(
            settings,
            family -> {
              if (family == StandardProtocolFamily.INET6) {
                throw new UnsupportedOperationException("no IPv6 here");
              }
              return DatagramChannel.open(family);
            });
    door.start();
    assertThat(door.addresses())
        .extracting(address -> address.getAddress().getHostAddress())
        .containsExactly("0.0.0.0");
    assertServes(door, "127.0.0.1", false);
  }

  @Test
  void anIpv6AddressWhereThereIsNoIpv6IsAnError() {
    UdpSettings settings = UdpSettings.at(loopback("::1"));
    NioUdpDoor door =
        nio(
            settings,
            family -> {
              throw new UnsupportedOperationException("no IPv6 here");
            });
    assertThatIOException().isThrownBy(door::start).withMessageContaining("no IPv6 here");
  }

  @Test
  void aFloodFromPort0IsReadInBatchesLikeAnyOther() throws IOException {
    NioUdpDoor door = nio(UdpSettings.at(loopback("127.0.0.1")), DatagramChannel::open);
    try (PortZeroFlood flood = new PortZeroFlood(1_000)) {
      assertThat(door.serve(flood)).as("there may be more").isTrue();
      assertThat(flood.left()).isPositive();
      assertThat(meter.dropped()).isEqualTo(1_000 - flood.left());
    }
  }

  @Override
  UdpDoor make(UdpSettings settings, UdpClocks clocks) {
    return nio(settings, DatagramChannel::open, clocks);
  }

  private NioUdpDoor nio(UdpSettings settings, UdpSockets.Opener opener) {
    return nio(settings, opener, CLOCKS);
  }

  private NioUdpDoor nio(UdpSettings settings, UdpSockets.Opener opener, UdpClocks clocks) {
    UdpResponder responder =
        new UdpResponder(
            new AnnounceService(swarms, AnnouncePolicy.DEFAULT),
            new ConnectionIds(new byte[16]),
            meter,
            settings.maxReplyBytes(),
            clocks,
            new SplittableRandom(92));
    return new NioUdpDoor(settings, meter, responder, new UdpSockets(opener), clocks, JOIN);
  }
}
