package dev.muster.server.http;

import static dev.muster.server.http.Rig.ANNOUNCE;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.muster.protocol.announce.Refusal;
import dev.muster.server.tls.TestFiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * Faults of the door's own, a lack of memory first of all: one ends the connection that met it and
 * nothing else, is counted, and logged once however many there are.
 */
@Timeout(60)
class HttpFaultTest {
  private static final int FAULTS = 20;
  private static final String ONE_SHOT =
      "GET " + ANNOUNCE + " HTTP/1.1\r\nConnection: close\r\n\r\n";
  private static final String KEPT = "GET " + ANNOUNCE + " HTTP/1.1\r\n\r\n";

  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final SSLContext trusting = TestFiles.trusting("ec.crt");
  private Rig rig;

  @BeforeEach
  void open() throws IOException {
    logged.start();
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(logged);
    rig = Rig.open(s -> Rig.secured(s, TestFiles.pair("ec")));
  }

  @AfterEach
  void close() throws IOException {
    rig.assertAnswersAsBefore();
    rig.close();
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAppender(logged);
    assertThat(logged.list)
        .filteredOn(event -> event.getLoggerName().startsWith("dev.muster."))
        .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .hasSize(1);
  }

  private RawClient secured() throws IOException {
    InetSocketAddress address = rig.door.tlsAddresses().getFirst();
    return new RawClient(
        trusting.getSocketFactory().createSocket(address.getAddress(), address.getPort()));
  }

  /** Whoever comes next does not wait for the one before, which has met a fault. */
  private void assertEachEndsAlone(InetSocketAddress address, String request) throws IOException {
    long start = System.nanoTime();
    for (int i = 1; i <= FAULTS; i++) {
      rig.buffers.lackOne();
      try (RawClient client = new RawClient(address)) {
        client.send(request);
        assertThat(client.isClosed()).isTrue();
      }
      int met = i;
      Rig.await("it is counted", () -> rig.refused(Refusal.INTERNAL) == met);
    }
    Rig.await("all connections are gone", () -> rig.meter.connections() == 0);
    // Netty stops accepting for a second after what it takes for a fault of the acceptor
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void aLackOfMemoryForAnOnlyAnswer() throws IOException {
    assertEachEndsAlone(rig.address(), ONE_SHOT);
  }

  @Test
  void aLackOfMemoryForWhatTheLaneLeaves() throws IOException {
    assertEachEndsAlone(rig.address(), KEPT);
  }

  /** One buffer after the other is the one that is not there, until none is missed any more. */
  @ParameterizedTest
  @ValueSource(strings = {ONE_SHOT, KEPT, "no request\r\n\r\n"})
  void aLackOfMemoryAtAnyMoment(String request) throws IOException {
    boolean lacked = true;
    for (int spared = 0; lacked; spared++) {
      rig.buffers.lackOneAfter(spared);
      for (int i = 0; i < 2; i++) {
        try (RawClient client = i == 0 ? rig.client() : secured()) {
          client.send(request);
          client.socket().shutdownOutput();
          client.socket().getInputStream().readAllBytes(); // ends, answered or not
        } catch (IOException e) {
          assertThat(e).as("an end too").isNotInstanceOf(SocketTimeoutException.class);
        }
      }
      Rig.await("all connections are gone", () -> rig.meter.connections() == 0);
      lacked = rig.buffers.lacked();
      rig.buffers.lackNone();
      assertThat(rig.get(ANNOUNCE).status()).isEqualTo(200);
    }
    assertThat(rig.refused(Refusal.INTERNAL)).isPositive();
  }

  @Test
  void aLackOfMemoryOnAKeptConnection() throws IOException {
    for (int i = 0; i < FAULTS; i++) {
      try (RawClient client = rig.client()) {
        assertThat(client.get(ANNOUNCE).status()).isEqualTo(200);
        rig.buffers.lackOne();
        client.send(KEPT);
        assertThat(client.isClosed()).isTrue();
      }
    }
    assertThat(rig.refused(Refusal.INTERNAL)).isEqualTo(FAULTS);
  }

  /** Nobody reads or writes then, so it is the timer that has to see to the connection. */
  @Test
  void aLackOfMemoryForTheAnswerToASlowSender() throws IOException {
    rig.close();
    rig = Rig.open(s -> Rig.timeouts(s, Duration.ofMillis(200), Duration.ofSeconds(60)));
    try (RawClient client = rig.client()) {
      client.send("GET /ann");
      Rig.await("it has arrived", () -> rig.meter.bytesReceived() == 8);
      rig.buffers.lackOne();
      assertThat(client.isClosed()).isTrue();
    }
    Rig.await("it is counted", () -> rig.refused(Refusal.INTERNAL) == 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {ONE_SHOT, KEPT})
  void anErrorOfTheSwarmsIsAnswered(String request) throws IOException {
    rig.swarms.fail(new StackOverflowError("on purpose"));
    for (int i = 0; i < FAULTS; i++) {
      try (RawClient client = rig.client()) {
        assertThat(client.send(request).read().text()).contains("a fault of the tracker");
      }
    }
    rig.swarms.fail(null);
    assertThat(rig.refused(Refusal.INTERNAL)).isEqualTo(FAULTS);
  }
}
