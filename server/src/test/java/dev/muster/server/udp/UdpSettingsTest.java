package dev.muster.server.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class UdpSettingsTest {
  private static final InetSocketAddress HERE = new InetSocketAddress("127.0.0.1", 0);

  @Test
  void theDefaultsGive200Ipv4Or66Ipv6Peers() {
    UdpSettings settings = UdpSettings.at(HERE);
    assertThat((settings.maxReplyBytes() - 20) / 6).isEqualTo(200);
    assertThat((settings.maxReplyBytes() - 20) / 18).isEqualTo(66);
    assertThat(settings.receiveBufferBytes()).isEqualTo(4 << 20);
  }

  @Test
  void everywhereIsTheIpv6Wildcard() {
    InetSocketAddress everywhere = UdpSettings.everywhere(6969);
    assertThat(everywhere.getAddress()).isInstanceOf(Inet6Address.class);
    assertThat(everywhere.getAddress().isAnyLocalAddress()).isTrue();
    assertThat(everywhere.getPort()).isEqualTo(6969);
  }

  @Test
  void numbersOutOfRangeAreRefusedWithTheValue() {
    assertRefused(199, 4096, 1, "max=199");
    assertRefused(65_508, 4096, 1, "max=65508");
    assertRefused(200, 4095, 1, "size=4095");
    assertRefused(200, 4096, 0, "threads=0");
    assertRefused(200, 4096, 1025, "threads=1025");
  }

  @Test
  void aHostThatWasNotFoundIsRefusedWithItsName() {
    InetSocketAddress nowhere = InetSocketAddress.createUnresolved("nowhere.invalid", 6969);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UdpSettings.at(nowhere))
        .withMessageContaining("host=nowhere.invalid");
  }

  private static void assertRefused(int reply, int buffer, int threads, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UdpSettings(List.of(HERE), reply, buffer, threads))
        .withMessageContaining(message);
  }
}
