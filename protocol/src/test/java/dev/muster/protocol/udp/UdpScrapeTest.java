package dev.muster.protocol.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UdpScrapeTest {
  @ParameterizedTest
  @ValueSource(longs = {21, 22})
  void theViewAgreesWithTheRecord(long seed) {
    RandomPackets packets = new RandomPackets(seed);
    for (int i = 0; i < 500; i++) {
      byte[] packet = packets.scrape().encode();
      int length = packets.random().nextInt(16, packet.length + 30);
      Agreement.check(Arrays.copyOf(packet, length), packets.random().nextInt(5));
    }
  }

  @Test
  void trapBytesAfterTheLastWholeHashArePassedOver() {
    assertThat(hashesIn(16)).isZero();
    assertThat(hashesIn(35)).isZero();
    assertThat(hashesIn(36)).isOne();
    assertThat(hashesIn(55)).isOne();
    assertThat(hashesIn(1496)).isEqualTo(UdpScrape.MAX_HASHES);
  }

  private static int hashesIn(int length) {
    return new UdpScrape().wrap(ByteBuffer.allocate(length), 0, length).hashes();
  }
}
