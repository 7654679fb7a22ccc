package dev.muster.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.announce.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DoorMeterTest {
  @Test
  void eachEventIsCountedInItsOwnPlace() {
    var meter = new DoorMeter("udp");
    meter.announce(false, 50);
    meter.announce(true, 7);
    meter.announce(true, 0);
    meter.scrape();
    meter.connect();
    meter.drop();
    meter.drop();
    meter.received(98);
    meter.sent(320);
    meter.sent(20);
    meter.opened();
    meter.opened();
    meter.closed();
    meter.took(1500);
    meter.took(3000, 4);

    assertThat(meter.door()).isEqualTo("udp");
    assertThat(meter.announces(false)).isEqualTo(1);
    assertThat(meter.announces(true)).isEqualTo(2);
    assertThat(meter.peersGiven()).isEqualTo(57);
    assertThat(meter.scrapes()).isEqualTo(1);
    assertThat(meter.connects()).isEqualTo(1);
    assertThat(meter.dropped()).isEqualTo(2);
    assertThat(meter.bytesReceived()).isEqualTo(98);
    assertThat(meter.bytesSent()).isEqualTo(340);
    assertThat(meter.connections()).isEqualTo(1);
    assertThat(meter.latency().count(1)).isEqualTo(1);
    assertThat(meter.latency().count(2)).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource
  void aRefusalIsCountedUnderItsReasonOnly(Refusal reason) {
    var meter = new DoorMeter("http");
    meter.refuse(reason);
    for (Refusal other : Refusal.values()) {
      assertThat(meter.refused(other)).isEqualTo(other == reason ? 1 : 0);
    }
  }

  @Test
  void threadsThatCountAtOnceLoseNothing() throws Exception {
    var meter = new DoorMeter("udp");
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int i = 0; i < 100_000; i++) {
                  meter.announce((i & 1) == 0, 3);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(meter.announces(false)).isEqualTo(200_000);
    assertThat(meter.announces(true)).isEqualTo(200_000);
    assertThat(meter.peersGiven()).isEqualTo(1_200_000);
  }

  @Test
  void metersOfOneNameAreReadAsOne() {
    var first = new DoorMeter("udp");
    var second = new DoorMeter("udp");
    first.announce(false, 1);
    second.announce(false, 2);
    first.refuse(Refusal.PORT);
    second.refuse(Refusal.PORT);
    first.opened();
    second.opened();
    first.took(500);
    second.took(500);

    List<DoorCounts> doors = DoorCounts.of(List.of(first, new DoorMeter("http"), second));

    assertThat(doors).extracting(DoorCounts::door).containsExactly("udp", "http");
    DoorCounts udp = doors.getFirst();
    assertThat(udp.announces()).isEqualTo(2);
    assertThat(udp.peersGiven()).isEqualTo(3);
    assertThat(udp.refused()).isEqualTo(2);
    assertThat(udp.connections()).isEqualTo(2);
    assertThat(udp.latencies().count()).isEqualTo(2);
  }
}
