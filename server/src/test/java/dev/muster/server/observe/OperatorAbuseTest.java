package dev.muster.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders who want harm: each is answered or cut off, and the port answers others as before. */
class OperatorAbuseTest {
  /** A deadline that a test can wait for, and that a busy machine can keep. */
  private static final Duration SHORT = Duration.ofMillis(1500);

  private static final String TOKEN = "Authorization: Bearer secret-of-the-test\r\n";

  @Test
  void aRequestLineOf1MiBIs414() throws Exception {
    try (var port = new OperatorFixture()) {
      assertThat(refused(port, "GET /" + "a".repeat(1 << 20) + " HTTP/1.1\r\n\r\n")).isEqualTo(414);
    }
  }

  @Test
  void tenThousandHeadersAre431() throws Exception {
    try (var port = new OperatorFixture()) {
      assertThat(refused(port, OperatorFixture.get("/", "X: y\r\n".repeat(10_000)))).isEqualTo(431);
    }
  }

  @Test
  void aHeaderWithoutAnEndIs431() throws Exception {
    try (var port = new OperatorFixture()) {
      assertThat(refused(port, "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "y".repeat(1 << 20)))
          .isEqualTo(431);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\n\r\nhello",
        "Content-Length: 5\r\n\r\n",
        "Content-Length: 9223372036854775807\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n",
      })
  void aBodyIs413(String rest) throws Exception {
    try (var port = new OperatorFixture()) {
      assertThat(refused(port, "GET / HTTP/1.1\r\nHost: localhost\r\n" + rest)).isEqualTo(413);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: many\r\n\r\n",
        "GET / HTTP/1.1\nHost: localhost\n\n",
        "GET / HTTP/1.1\r\nHost : localhost\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nA\u0000b: c\r\n\r\n",
        "GET /\r\n\r\n",
        "GET\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n",
        "\u00ff\u00fe\u0000\u0001junk\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET ftp://localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
      })
  void twoLengthsBareLineFeedsTlsAndJunkAre400(String request) throws Exception {
    try (var port = new OperatorFixture()) {
      assertThat(refused(port, request)).isEqualTo(400);
    }
  }

  @Test
  void randomBytesNeverStopThePort() throws Exception {
    long seed = 20261122;
    var random = new SplittableRandom(seed);
    try (var port = new OperatorFixture()) {
      for (int i = 0; i < 300; i++) {
        byte[] junk = new byte[random.nextInt(1, 600)];
        random.nextBytes(junk);
        try (var http = port.connect()) {
          http.send(junk);
          http.socket.shutdownOutput();
          drain(http);
        }
      }
      assertThat(port.get("/healthz").status()).as("seed %d", seed).isEqualTo(200);
    }
  }

  /** The status of a refusal after which the connection is closed, and the port still answers. */
  private static int refused(OperatorFixture port, String request) throws IOException {
    try (var http = port.connect()) {
      Thread sender = Thread.ofVirtual().start(() -> sendUntilCut(http, request));
      var answer = http.answer();
      http.socket.shutdownOutput();
      assertThat(answer.header("connection")).isEqualTo("close");
      drain(http);
      sender.interrupt();
      assertThat(port.get("/healthz").status()).isEqualTo(200);
      return answer.status();
    }
  }

  private static void sendUntilCut(RawHttp http, String request) {
    try {
      http.send(request);
    } catch (IOException cut) {
      // as it should be
    }
  }

  private static void drain(RawHttp http) throws IOException {
    while (!http.isEnded()) {
      // until the port closes; RawHttp's patience bounds each read
    }
  }

  @Test
  void slowSendersAreCutOffAtTheDeadlineHoweverOftenTheySendAByte() throws Exception {
    try (var port = new OperatorFixture(64, SHORT)) {
      List<RawHttp> slow = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        slow.add(port.connect().send("GET / HTTP/1.1\r\nX: "));
      }
      for (RawHttp http : slow) {
        http.socket.setSoTimeout(20);
      }
      long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (!slow.isEmpty() && System.nanoTime() < deadline) {
        slow.removeIf(OperatorAbuseTest::isCutAfterAnotherByte);
      }
      assertThat(slow).isEmpty();
      assertThat(metric(port, "muster_operator_closed_connections_total{limit=\"timeout\"}"))
          .isGreaterThanOrEqualTo(20);
    }
  }

  private static boolean isCutAfterAnotherByte(RawHttp http) {
    try {
      http.send("y");
      return http.socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException stillOpen) {
      return false;
    } catch (IOException cut) {
      return true;
    }
  }

  @Test
  void aConnectionThatSaysNothingIsClosedAtTheDeadline() throws Exception {
    try (var port = new OperatorFixture(64, SHORT);
        var silent = port.connect()) {
      assertThat(silent.isEnded()).isTrue();
    }
  }

  @Test
  void aConnectionThatSaysNothingMoreIsClosedAtTheDeadline() throws Exception {
    try (var port = new OperatorFixture(64, SHORT);
        var idle = port.connect()) {
      idle.send(OperatorFixture.get("/healthz", "")).answer();
      assertThat(idle.isEnded()).isTrue();
    }
  }

  @Test
  void strangersWhoTakeAllConnectionsDoNotLockTheOperatorOut() throws Exception {
    try (var port = new OperatorFixture(8, Duration.ofSeconds(10));
        var operator = port.connect()) {
      operator.send(OperatorFixture.get("/healthz", "")).answer();
      List<RawHttp> strangers = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        strangers.add(port.connect());
      }
      assertThat(operator.send(OperatorFixture.get("/metrics", "")).answer().status())
          .isEqualTo(200);
      assertThat(port.get("/healthz").status()).isEqualTo(200);
      assertThat(strangers.getFirst().isEnded()).isTrue();
      assertThat(metric(port, "muster_operator_closed_connections_total{limit=\"connections\"}"))
          .isGreaterThanOrEqualTo(93);
      for (RawHttp stranger : strangers) {
        stranger.close();
      }
    }
  }

  @Test
  void strangersWhoAskForHealthKeepNoPlaceFromTheOperator() throws Exception {
    try (var port = withToken(2);
        var first = port.connect();
        var second = port.connect()) {
      first.send(OperatorFixture.get("/healthz", "")).answer();
      second.send(OperatorFixture.get("/healthz", "")).answer();
      try (var operator = port.connect()) {
        assertThat(operator.send(OperatorFixture.get("/metrics", TOKEN)).answer().status())
            .isEqualTo(200);
      }
      assertThat(first.isEnded()).isTrue();
    }
  }

  @Test
  void oneConnectionTooManyIsClosedWhenAllOthersAreTheOperators() throws Exception {
    try (var port = withToken(2);
        var first = port.connect();
        var second = port.connect()) {
      first.send(OperatorFixture.get("/metrics", TOKEN)).answer();
      second.send(OperatorFixture.get("/healthz", TOKEN)).answer();
      try (var third = port.connect()) {
        assertThat(third.isEnded()).isTrue();
      }
      assertThat(first.send(OperatorFixture.get("/healthz", "")).answer().status()).isEqualTo(200);
      assertThat(second.send(OperatorFixture.get("/healthz", "")).answer().status()).isEqualTo(200);
    }
  }

  private static OperatorFixture withToken(int maxConnections) throws IOException {
    return new OperatorFixture(
        Optional.of("secret-of-the-test"), Set.of(), maxConnections, Duration.ofSeconds(10));
  }

  @Test
  void halfClosedAndResetConnectionsLeaveNothingBehind() throws Exception {
    try (var port = new OperatorFixture(4, Duration.ofSeconds(10))) {
      for (int i = 0; i < 50; i++) {
        try (var half = port.connect()) {
          half.send(OperatorFixture.get("/healthz", ""));
          half.socket.shutdownOutput();
          assertThat(half.answer().body()).isEqualTo("ok\n");
          assertThat(half.isEnded()).isTrue();
        }
        try (var reset = port.connect()) {
          reset.send("GET / HT");
          reset.socket.setSoLinger(true, 0);
        }
      }
      assertThat(port.get("/healthz").status()).isEqualTo(200);
    }
  }

  @Test
  void whoeverSendsRequestsAndTakesNoAnswersIsNotReadFrom() throws Exception {
    try (var port = new OperatorFixture(64, Duration.ofMinutes(5)); // longer than this test
        var greedy = SocketChannel.open()) {
      greedy.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
      greedy.connect(port.door.address());
      greedy.configureBlocking(false);
      ByteBuffer requests =
          ByteBuffer.wrap(
              OperatorFixture.get("/metrics", "")
                  .repeat(20_000)
                  .getBytes(StandardCharsets.US_ASCII));
      double answered = 0;
      int quiet = 0;
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      // until it gets no answers any more: then each count is one above the last, for its own
      while (quiet < 50 && System.nanoTime() < deadline) {
        greedy.write(requests);
        double now = metric(port, "muster_operator_requests_total{code=\"200\"}");
        quiet = now == answered + 1 ? quiet + 1 : 0;
        answered = now;
      }
      assertThat(quiet).isEqualTo(50);
      // the system's own buffers hold some hundred answers of 10 KiB; all would be 200 MiB
      assertThat(answered).isGreaterThan(50).isLessThan(2_000);
    }
  }

  private static double metric(OperatorFixture port, String series) throws IOException {
    return port.get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no series " + series));
  }
}
