package dev.muster.server.http;

import static dev.muster.server.http.Rig.ANNOUNCE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.muster.protocol.announce.Refusal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * What strangers do to a port. Afterwards the door answers as before, holds no connection and no
 * buffer, and has logged nothing.
 */
class HttpHostileTest {
  private static final String REQUEST = "GET " + ANNOUNCE + " HTTP/1.1\r\nHost: t\r\n\r\n";

  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private Rig rig;

  @BeforeEach
  void open() throws IOException {
    logged.start();
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(logged);
    rig = Rig.open();
  }

  private void reopen(Duration request, Duration idle) throws IOException {
    rig.close();
    rig = Rig.open(s -> Rig.timeouts(s, request, idle));
  }

  @AfterEach
  void close() throws IOException {
    rig.assertAnswersAsBefore();
    rig.close();
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAppender(logged);
    assertThat(logged.list)
        .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .isEmpty();
  }

  private void assertRefused(byte[] bytes, int status, Refusal reason) throws IOException {
    try (RawClient client = rig.client()) {
      Answer answer = client.sendWhileTaken(bytes).read();
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(answer.text()).isNotEmpty();
      assertThat(client.isClosed()).isTrue();
    }
    assertThat(rig.refused(reason)).isEqualTo(1);
  }

  private void assertRefused(String bytes, int status, Refusal reason) throws IOException {
    assertRefused(bytes.getBytes(ISO_8859_1), status, reason);
  }

  // -- too much

  @Test
  void aRequestLineOfEightKibibytesIsRead() throws IOException {
    String start = "GET " + ANNOUNCE + "&x=";
    String end = " HTTP/1.1";
    String line = start + "y".repeat(8192 - start.length() - end.length()) + end;
    try (RawClient client = rig.client()) {
      assertThat(client.send(line + "\r\n\r\n").read().announced().interval()).isNotEmpty();
    }
    assertRefused(line.replace("&x=", "&xx=") + "\r\n\r\n", 414, Refusal.TOO_LARGE);
  }

  @Test
  void aRequestLineOfOneMebibyte() throws IOException {
    assertRefused(
        "GET /scrape?" + "x".repeat(1 << 20) + " HTTP/1.1\r\n\r\n", 414, Refusal.TOO_LARGE);
  }

  @Test
  void aRequestLineWithoutEnd() throws IOException {
    assertRefused("x".repeat(10_000), 414, Refusal.TOO_LARGE);
  }

  @Test
  void tenThousandHeaders() throws IOException {
    StringBuilder request = new StringBuilder("GET " + ANNOUNCE + " HTTP/1.1\r\n");
    for (int i = 0; i < 10_000; i++) {
      request.append("X-").append(i).append(": y\r\n");
    }
    assertRefused(request.append("\r\n").toString(), 431, Refusal.TOO_LARGE);
  }

  @Test
  void aStreamThatNeverEndsIsCutOff() throws IOException {
    byte[] much = new byte[1 << 16];
    java.util.Arrays.fill(much, (byte) 'x');
    try (RawClient client = rig.client()) {
      boolean cut = false;
      for (int i = 0; i < 4096 && !cut; i++) { // 256 MiB, were it not
        try {
          client.send(much);
        } catch (IOException e) {
          cut = true;
        }
      }
      assertThat(cut).isTrue();
    }
  }

  @Test
  void tooManyConnections() throws IOException {
    rig.close();
    rig = Rig.open(s -> Rig.connections(s, 3));
    List<RawClient> held = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      held.add(rig.client());
      assertThat(held.getLast().get(ANNOUNCE).status()).isEqualTo(200);
    }
    try (RawClient fourth = rig.client()) {
      assertThat(fourth.read().status()).isEqualTo(503);
      assertThat(fourth.isClosed()).isTrue();
    }
    assertThat(rig.refused(Refusal.TOO_MANY_CONNECTIONS)).isEqualTo(1);
    assertThat(held.getFirst().get(ANNOUNCE).status()).isEqualTo(200);
    held.getFirst().close();
    Rig.await("there is room again", () -> rig.door.connections() == 2);
    assertThat(rig.get(ANNOUNCE).status()).isEqualTo(200);
    for (RawClient client : held) {
      client.close();
    }
    Rig.await("there is room again", () -> rig.door.connections() == 0);
  }

  // -- too slow

  @Test
  void aSlowSenderOfOneByteAtATime() throws IOException {
    reopen(Duration.ofMillis(600), Duration.ofSeconds(60));
    try (RawClient client = rig.client()) {
      for (int i = 0; i < REQUEST.length(); i++) {
        if (client.socket().getInputStream().available() > 0) {
          break;
        }
        client.sendWhileTaken(REQUEST.substring(i, i + 1).getBytes(ISO_8859_1));
        LockSupport.parkNanos(20_000_000);
      }
      assertThat(client.read().status()).isEqualTo(408);
      assertThat(client.isClosed()).isTrue();
    }
    assertThat(rig.refused(Refusal.TOO_SLOW)).isEqualTo(1);
  }

  @Test
  void manySlowSendersAtOnce() throws IOException {
    reopen(Duration.ofMillis(1500), Duration.ofSeconds(60));
    List<RawClient> slow = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      slow.add(rig.client().send(i % 2 == 0 ? "G" : "GET " + ANNOUNCE + " HTTP/1.1\r\nX"));
    }
    assertThat(rig.get(ANNOUNCE).status()).isEqualTo(200);
    for (RawClient client : slow) {
      assertThat(client.read().status()).isEqualTo(408);
      client.close();
    }
    assertThat(rig.refused(Refusal.TOO_SLOW)).isEqualTo(400);
  }

  @Test
  void aSlowSenderOnAKeptConnection() throws IOException {
    reopen(Duration.ofMillis(300), Duration.ofSeconds(60));
    try (RawClient client = rig.client()) {
      assertThat(client.get(ANNOUNCE).status()).isEqualTo(200);
      assertThat(client.send(REQUEST + "GET /ann").read().status()).isEqualTo(200);
      assertThat(client.read().status()).isEqualTo(408);
    }
  }

  @Test
  void aConnectionWithoutARequestIsClosed() throws IOException {
    reopen(Duration.ofSeconds(10), Duration.ofMillis(200));
    try (RawClient silent = rig.client();
        RawClient kept = rig.client()) {
      assertThat(kept.get(ANNOUNCE).status()).isEqualTo(200);
      assertThat(silent.isClosed()).isTrue();
      assertThat(kept.isClosed()).isTrue();
    }
    assertThat(rig.refused(Refusal.TOO_SLOW)).isZero();
  }

  @Test
  void aClientThatTakesNoAnswers() throws IOException {
    reopen(Duration.ofMillis(800), Duration.ofSeconds(60));
    for (int port = 1; port <= 200; port++) {
      rig.swarms.add(
          dev.muster.protocol.id.InfoHash.ofHex(Rig.HASH_HEX),
          new dev.muster.protocol.id.Endpoint(
              new dev.muster.protocol.id.Address.Ipv6(0, port), port),
          true);
    }
    byte[] requests =
        REQUEST.replace("&left=5", "&left=5&numwant=200").repeat(20).getBytes(ISO_8859_1);
    long most = 0;
    try (RawClient client = new RawClient(rig.address(), 4096)) {
      boolean cut = false;
      client.socket().setSendBufferSize(8192);
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 20_000; i++) {
              try {
                client.send(requests);
              } catch (IOException e) {
                return;
              }
            }
          });
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (!cut && System.nanoTime() < deadline) {
        most = Math.max(most, rig.buffers.metric().usedDirectMemory());
        cut = sending.isDone();
        LockSupport.parkNanos(1_000_000);
      }
      assertThat(cut).as("closed by the door").isTrue();
    }
    assertThat(most).as("bytes held for one connection").isLessThan(256 * 1024);
    Rig.await("it is counted", () -> rig.meter.dropped() == 1);
  }

  @Test
  void aClientThatTakesItsAnswersSlowlyGetsThemAll() throws IOException {
    reopen(Duration.ofSeconds(10), Duration.ofSeconds(60));
    int count = 5000;
    try (RawClient client = new RawClient(rig.address(), 4096)) {
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(() -> {
            try {
              for (int i = 0; i < count; i++) {
                client.send("GET /x" + i + " HTTP/1.1\r\n\r\n");
              }
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          });
      LockSupport.parkNanos(300_000_000); // let answers pile up
      for (int i = 0; i < count; i++) {
        assertThat(client.read().text()).contains("'/x" + i + "'");
      }
      sending.join();
    }
  }

  // -- cut short

  @Test
  void aHalfClosedConnectionGetsItsAnswer() throws IOException {
    try (RawClient client = rig.client()) {
      client.send(REQUEST);
      client.socket().shutdownOutput();
      assertThat(client.read().announced().interval()).isNotEmpty();
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void aHalfClosedConnectionGetsAllItsAnswers() throws IOException {
    try (RawClient client = new RawClient(rig.address(), 4096)) {
      client.send(REQUEST.repeat(70));
      client.socket().shutdownOutput();
      for (int i = 0; i < 70; i++) {
        assertThat(client.read().status()).isEqualTo(200);
      }
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void aConnectionHalfClosedWithinARequest() throws IOException {
    for (int length : new int[] {1, 10, REQUEST.length() - 4, REQUEST.length() - 1}) {
      try (RawClient client = rig.client()) {
        client.send(REQUEST.substring(0, length));
        client.socket().shutdownOutput();
        client.socket().getInputStream().readAllBytes(); // ends
      }
    }
    assertThat(rig.swarms.announces()).isEmpty();
  }

  @Test
  void resetConnections() throws IOException {
    for (int i = 0; i < 200; i++) {
      RawClient client = rig.client();
      if (i % 2 == 0) {
        client.send(REQUEST.repeat(1 + i % 7).substring(0, REQUEST.length() - i % 3));
      }
      client.socket().setSoLinger(true, 0);
      client.close();
    }
  }

  // -- bodies

  @Test
  void aBodyOfAGetIsSkipped() throws IOException {
    try (RawClient client = rig.client()) {
      String withLength = "GET " + ANNOUNCE + " HTTP/1.1\r\nContent-Length: 11\r\n\r\nGET / HTTP/";
      String chunked =
          "GET "
              + ANNOUNCE
              + " HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nGET /\r\n0\r\n\r\n";
      client.send(withLength + chunked + REQUEST);
      for (int i = 0; i < 3; i++) {
        assertThat(client.read().announced().interval()).isNotEmpty();
      }
    }
    assertThat(rig.swarms.announces()).hasSize(3);
  }

  @Test
  void aLargeBodyIsNotTaken() throws IOException {
    assertRefused(
        "GET " + ANNOUNCE + " HTTP/1.1\r\nContent-Length: 1000000000\r\n\r\nxxxx",
        413,
        Refusal.TOO_LARGE);
    assertThat(rig.swarms.announces()).isEmpty();
  }

  @Test
  void anEndlessChunkedBodyIsCutOff() throws IOException {
    try (RawClient client = rig.client()) {
      client.send("GET " + ANNOUNCE + " HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(200);
      client.sendWhileTaken(
          ("1000\r\n" + "x".repeat(4096) + "\r\n").repeat(8).getBytes(ISO_8859_1));
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void aChunkThatIsNoneEndsTheConnection() throws IOException {
    try (RawClient client = rig.client()) {
      client.send("GET " + ANNOUNCE + " HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
      assertThat(client.read().status()).isEqualTo(200);
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void aBodyThatDoesNotCome() throws IOException {
    reopen(Duration.ofMillis(300), Duration.ofSeconds(60));
    try (RawClient client = rig.client()) {
      client.send("GET " + ANNOUNCE + " HTTP/1.1\r\nContent-Length: 10\r\n\r\nx");
      assertThat(client.read().status()).isEqualTo(200);
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void aClientThatExpects100GetsItsAnswerAtOnce() throws IOException {
    try (RawClient client = rig.client()) {
      client.send(
          "POST " + ANNOUNCE + " HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n");
      Answer answer = client.read();
      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.header("connection")).isEqualTo("close");
      client.send("0123456789");
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void twoContentLengths() throws IOException {
    assertRefused(
        "GET " + ANNOUNCE + " HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        400,
        Refusal.MALFORMED);
  }

  @Test
  void aContentLengthWithChunks() throws IOException {
    assertRefused(
        "GET "
            + ANNOUNCE
            + " HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        400,
        Refusal.MALFORMED);
  }

  @Test
  void aRefusedClientThatGoesAwayIsNoticedAtOnce() throws IOException {
    long shortest = Long.MAX_VALUE; // the others may have met a busy machine
    for (int i = 0; i < 5; i++) {
      try (RawClient client = rig.client()) {
        assertThat(client.send("junk\r\n\r\n").read().status()).isEqualTo(400);
        assertThat(client.isClosed()).isTrue();
      }
      long start = System.nanoTime();
      Rig.await("it is gone", () -> rig.door.connections() == 0);
      shortest = Math.min(shortest, System.nanoTime() - start);
    }
    // a loop that spins keeps its events waiting for a second
    assertThat(Duration.ofNanos(shortest)).isLessThan(Duration.ofMillis(700));
  }

  // -- not HTTP

  @Test
  void bareLf() throws IOException {
    assertRefused("GET " + ANNOUNCE + " HTTP/1.1\nHost: t\n\n", 400, Refusal.MALFORMED);
  }

  @Test
  void tlsBytesOnThePlainPort() throws IOException {
    byte[] hello = new byte[517];
    new SplittableRandom(3).nextBytes(hello);
    hello[0] = 0x16;
    hello[1] = 3;
    hello[2] = 1;
    try (RawClient client = rig.client()) {
      Answer answer = client.send(hello).read();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text()).contains("TLS").contains("http://");
      assertThat(client.isClosed()).isTrue();
    }
    assertThat(rig.refused(Refusal.MALFORMED)).isEqualTo(1);
  }

  @Test
  void binaryJunk() throws IOException {
    long seed = 4711;
    SplittableRandom random = new SplittableRandom(seed);
    byte[] nearly = REQUEST.getBytes(ISO_8859_1);
    Junk.sendTo(
        rig.address(),
        random,
        300,
        junk ->
            System.arraycopy(
                nearly, 0, junk, 0, Math.min(junk.length, random.nextInt(nearly.length))));
    assertThat(rig.refused(Refusal.INTERNAL)).as("seed %d", seed).isZero();
    assertThat(rig.refused(Refusal.MALFORMED)).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET /announce\r\n\r\n",
        "GET\r\n\r\n",
        "GET  HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1 x\r\n\r\n",
        "GET / HTTPS/1.1\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\nX : y\r\n\r\n",
        "GET / HTTP/1.1\r\n: y\r\n\r\n",
        "GET / HTTP/1.1\r\nX: a\u0000b\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
        "\u0013BitTorrent protocol\u0000\u0000\u0000\u0000\r\n\r\n",
        "d1:ad2:id20:abcdefghij0123456789e1:q4:ping1:t2:aa1:y1:qe\r\n\r\n"
      })
  void whatIsNearlyHttp(String bytes) throws IOException {
    assertRefused(bytes, 400, Refusal.MALFORMED);
  }

  @Test
  void emptyLinesBeforeARequestArePassedOver() throws IOException {
    try (RawClient client = rig.client()) {
      assertThat(client.send("\r\n\r\n" + REQUEST).read().status()).isEqualTo(200);
      assertThat(client.send("\r\n" + REQUEST).read().status()).isEqualTo(200);
    }
  }

  // -- the end

  @Test
  void whatIsInFlightIsAnsweredWhenTheDoorCloses() throws IOException {
    // time enough for a slow machine; it ends as soon as all is answered
    Rig closing = Rig.open(settings -> settings, new HttpDoor.Closing(1_000, 20_000, 300));
    try (RawClient midway = closing.client();
        RawClient idle = closing.client();
        RawClient sent = closing.client()) {
      assertThat(idle.get(ANNOUNCE).status()).isEqualTo(200);
      midway.send(REQUEST.substring(0, 30));
      Rig.await("it has arrived", () -> closing.meter.bytesReceived() == REQUEST.length() + 30);
      Rig.await("all are accepted", () -> closing.meter.connections() == 3);
      sent.send(REQUEST);
      CompletableFuture<Void> close = CompletableFuture.runAsync(closing::close);
      assertThat(sent.read().status()).isEqualTo(200);
      assertThat(idle.isClosed()).isTrue();
      midway.send(REQUEST.substring(30));
      Answer answer = midway.read();
      assertThat(answer.announced().interval()).isNotEmpty();
      assertThat(answer.header("connection")).isEqualTo("close");
      close.join();
    }
  }

  @Test
  void theDoorClosesWithoutWaitingForRequestsThatNeverEnd() throws IOException {
    Rig closing = Rig.open(s -> Rig.timeouts(s, Duration.ofMinutes(1), Duration.ofMinutes(1)));
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      clients.add(closing.client().send(i % 2 == 0 ? "GET /never" : REQUEST));
    }
    InetSocketAddress gone = closing.address();
    long start = System.nanoTime();
    closing.close();
    // two seconds are promised; the rest is for a slow machine
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> new RawClient(gone))
        .isInstanceOf(IOException.class);
    for (RawClient client : clients) {
      client.close();
    }
  }
}
