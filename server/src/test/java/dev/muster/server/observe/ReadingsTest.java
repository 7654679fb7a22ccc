package dev.muster.server.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.muster.protocol.announce.Refusal;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadingsTest {
  private OperatorFixture tracker;
  private Readings readings;

  @BeforeEach
  void start() throws IOException {
    tracker = new OperatorFixture();
    readings = new Readings(tracker.observed());
  }

  @AfterEach
  void stop() {
    tracker.close();
  }

  private void pass(Duration time) {
    tracker.now = tracker.now.plus(time);
  }

  @Test
  void theTotalsAreTakenOnceASecondHoweverManyAsk() {
    for (int i = 0; i < 1000; i++) {
      readings.current();
    }
    pass(Duration.ofMillis(999));
    readings.current();
    assertThat(tracker.totalsTaken).hasValue(1);
    pass(Duration.ofMillis(1));
    readings.current();
    assertThat(tracker.totalsTaken).hasValue(2);
  }

  @Test
  void aClockSetBackDoesNotFreezeTheReading() {
    readings.current();
    tracker.udp.announce(false, 1);
    pass(Duration.ofHours(-1));
    assertThat(readings.current().doors().getFirst().announces()).isEqualTo(1);
    assertThat(readings.current().uptime()).isZero();
    readings.sample();
    assertThat(readings.current().window()).isZero();
    pass(Duration.ofSeconds(5));
    tracker.udp.announce(false, 1);
    assertThat(readings.current().perSecond(readings.current().lately().getFirst().announces()))
        .isCloseTo(0.2, within(1e-9));
  }

  @Test
  void ratesAreThoseSinceTheStartInTheFirstMinute() {
    pass(Duration.ofSeconds(10));
    for (int i = 0; i < 50; i++) {
      tracker.udp.announce(i % 2 == 0, 1);
    }
    Reading reading = readings.current();
    assertThat(reading.perSecond(reading.lately().getFirst().announces()))
        .isCloseTo(5, within(1e-9));
    assertThat(reading.perSecond(reading.lately().getLast().announces())).isZero();
    assertThat(reading.uptime()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void ratesAndLatenciesForgetWhatIsMoreThanAMinuteOld() {
    tracker.http.refuse(Refusal.PORT);
    tracker.http.took(5_000_000);
    for (int i = 0; i < 24; i++) {
      pass(Readings.SAMPLING);
      tracker.http.took(1000);
      readings.sample();
    }
    Reading reading = readings.current();
    DoorCounts lately = reading.lately().getLast();
    assertThat(reading.window()).isEqualTo(Readings.WINDOW);
    assertThat(lately.refused()).isZero();
    assertThat(lately.latencies().count()).isEqualTo(12);
    assertThat(lately.latencies().quantile(1)).isLessThan(2e-6);
    assertThat(reading.doors().getLast().refused()).isEqualTo(1);
  }

  @Test
  void samplesOfAClockThatStandsStillAreNotKeptForEver() {
    tracker.http.scrape();
    for (int i = 0; i < 1000; i++) {
      readings.sample();
    }
    pass(Duration.ofSeconds(1));
    // the first sample, from before the scrape, is gone
    assertThat(readings.current().lately().getLast().scrapes()).isZero();
  }

  @Test
  void withoutTimeThereIsNoRate() {
    tracker.udp.announce(false, 1);
    assertThat(readings.current().perSecond(1)).isZero();
  }
}
