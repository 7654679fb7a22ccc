package dev.muster.client.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.client.wire.TrackerFailure.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP trackers, good and bad. */
@Timeout(30)
class HttpTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String PEER = "5:peers6:\u007f\0\0\1\u001a\u00e1";
  private static final String GOOD = "d8:completei5e10:incompletei2e8:intervali1800e" + PEER + "e";

  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
  private final NetworkTransport transport = Asked.transport();
  private final List<ServerSocket> servers = new ArrayList<>();

  private interface Behaviour {
    void answer(Socket connection, OutputStream out) throws IOException, InterruptedException;
  }

  @AfterEach
  void end() throws IOException {
    transport.close();
    for (ServerSocket server : servers) {
      server.close();
    }
  }

  private URI tracker(Behaviour behaviour) {
    ServerSocket server;
    try {
      server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
      servers.add(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.startVirtualThread(() -> {
      while (!server.isClosed()) {
        try {
          Socket connection = server.accept();
          Thread.startVirtualThread(() -> serve(connection, behaviour));
        } catch (IOException closed) {
          return;
        }
      }
    });
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/announce");
  }

  private void serve(Socket connection, Behaviour behaviour) {
    try (connection) {
      InputStream in = connection.getInputStream();
      StringBuilder head = new StringBuilder();
      for (int b = in.read(); b >= 0 && head.indexOf("\r\n\r\n") < 0; b = in.read()) {
        head.append((char) b);
        if (head.indexOf("\r\n\r\n") >= 0) {
          break;
        }
      }
      requests.add(head.toString());
      behaviour.answer(connection, connection.getOutputStream());
    } catch (IOException gone) {
      requests.add("the client went");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Behaviour says(String text) {
    return (connection, out) -> out.write(text.getBytes(ISO_8859_1));
  }

  private static Behaviour says(String fields, byte[] body) {
    return (connection, out) -> {
      String length = "Content-Length: " + body.length + "\r\n";
      out.write(("HTTP/1.1 200 OK\r\n" + fields + length + "\r\n").getBytes(ISO_8859_1));
      out.write(body);
    };
  }

  private static Behaviour body(String body) {
    return says("", body.getBytes(ISO_8859_1));
  }

  private TrackerAnswer answer(URI tracker) throws TrackerFailure, InterruptedException {
    return transport.announce(tracker, Asked.announce(), LIMIT);
  }

  private TrackerFailure failure(URI tracker) {
    return failure(tracker, LIMIT);
  }

  private TrackerFailure failure(URI tracker, Duration limit) {
    TrackerFailure failure =
        catchThrowableOfType(
            TrackerFailure.class, () -> transport.announce(tracker, Asked.announce(), limit));
    assertThat(failure).isNotNull();
    return failure;
  }

  @Test
  void anAnnounceIsAskedAndAnswered() throws Exception {
    TrackerAnswer answer = answer(tracker(body(GOOD)));
    assertThat(answer.peers()).hasToString("[127.0.0.1:6881]");
    assertThat(answer.interval()).isEqualTo(Duration.ofMinutes(30));
    assertThat(answer.seeders()).hasValue(5);
    assertThat(answer.leechers()).hasValue(2);
    assertThat(requests.take())
        .startsWith("GET /announce?info_hash=%01%23Eg")
        .contains("&port=6881&uploaded=1&downloaded=2&left=3&compact=1")
        .contains("&key=CAFE0001&event=started")
        .contains("\r\nConnection: close\r\n");
  }

  @Test
  void aKeyInTheUrlStays() throws Exception {
    URI url = tracker(body(GOOD));
    answer(URI.create(url + "?passkey=a%20b"));
    assertThat(requests.take()).startsWith("GET /announce?passkey=a%20b&info_hash=");
  }

  @Test
  void bodiesComeChunkedGzippedOrUntilTheEnd() throws Exception {
    String chunks = "3;x=y\r\n" + GOOD.substring(0, 3) + "\r\n";
    String rest = GOOD.substring(3);
    chunks += Integer.toHexString(rest.length()) + "\r\n" + rest + "\r\n0\r\nTrailer: x\r\n\r\n";
    assertThat(
            answer(tracker(says("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks)))
                .peers())
        .hasSize(1);
    assertThat(answer(tracker(says("HTTP/1.0 200 OK\r\n\r\n" + GOOD))).peers()).hasSize(1);
    assertThat(
            answer(tracker(says("Content-Encoding: gzip\r\n", gzip(GOOD.getBytes(ISO_8859_1)))))
                .peers())
        .hasSize(1);
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  @Test
  void aBodyThatInflatesWithoutEndIsMalformed() throws Exception {
    byte[] bomb = gzip(new byte[50 << 20]);
    assertThat(failure(tracker(says("Content-Encoding: gzip\r\n", bomb))).kind())
        .isEqualTo(Kind.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "junk\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nd",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nde",
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nd8:interval",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n",
        "HTTP/1.1 200 OK\r\n\r\n<html>not a tracker</html>",
        "HTTP/1.1 200 OK\r\n\r\nde",
        "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nde",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 302 Found\r\nLocation: ftp://127.0.0.1/announce\r\n\r\n",
        ""
      })
  void whatIsNoAnswerIsMalformed(String text) {
    assertThat(failure(tracker(says(text))).kind()).isEqualTo(Kind.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X: y\r\n", "xxxxxxxxxxxxxxxxxxxxx"})
  void endlessHeadersAreMalformed(String more) {
    URI tracker =
        tracker((connection, out) -> {
          out.write("HTTP/1.1 200 OK\r\n".getBytes(ISO_8859_1));
          while (true) {
            out.write(more.getBytes(ISO_8859_1));
          }
        });
    assertThat(failure(tracker).kind()).isEqualTo(Kind.MALFORMED);
  }

  @Test
  void anEndlessBodyIsMalformed() {
    URI tracker =
        tracker((connection, out) -> {
          out.write("HTTP/1.1 200 OK\r\n\r\nd".getBytes(ISO_8859_1));
          while (true) {
            out.write(new byte[8192]);
          }
        });
    assertThat(failure(tracker).kind()).isEqualTo(Kind.MALFORMED);
  }

  @Test
  void aBodyThatDripsEndsWithTheLimit() {
    CountDownLatch never = new CountDownLatch(1);
    URI tracker =
        tracker((connection, out) -> {
          out.write("HTTP/1.1 200 OK\r\n\r\nd8:interval".getBytes(ISO_8859_1));
          do {
            out.write('1');
          } while (!never.await(20, java.util.concurrent.TimeUnit.MILLISECONDS));
        });
    long start = System.nanoTime();
    assertThat(failure(tracker, Duration.ofMillis(700)).kind()).isEqualTo(Kind.TIMED_OUT);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void redirectsAreFollowedButNotInCircles() throws Exception {
    URI circle =
        tracker(
            says("HTTP/1.1 301 Moved\r\nLocation: /announce?again\r\nContent-Length: 0\r\n\r\n"));
    assertThat(failure(circle)).hasMessageContaining("redirected more than 5 times");
    assertThat(requests).hasSize(6);
    int[] hops = {0};
    URI moved =
        tracker((connection, out) -> {
          boolean first = hops[0]++ == 0;
          (first ? says("HTTP/1.1 302 Found\r\nLocation: announce2?x=1\r\n\r\n") : body(GOOD))
              .answer(connection, out);
        });
    assertThat(answer(moved).peers()).hasSize(1);
  }

  @Test
  void goneIsForever() {
    TrackerFailure failure = failure(tracker(says("HTTP/1.1 410 Gone\r\n\r\n")));
    assertThat(failure.kind()).isEqualTo(Kind.GONE);
    assertThat(failure.never()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"429,120,120", "503,999999999,86400", "500,soon,-1"})
  void retryAfterIsObeyedWithinADay(int status, String after, long seconds) {
    TrackerFailure failure =
        failure(tracker(says("HTTP/1.1 " + status + " No\r\nRetry-After: " + after + "\r\n\r\n")));
    assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    assertThat(failure.retryAfter().map(Duration::toSeconds).orElse(-1L)).isEqualTo(seconds);
  }

  @Test
  void trapRetryInIsMinutesAsAStringOrNever() {
    TrackerFailure later = failure(tracker(body("d14:failure reason4:busy8:retry in1:5e")));
    assertThat(later).hasMessage("busy");
    assertThat(later.retryAfter()).contains(Duration.ofMinutes(5));
    assertThat(later.never()).isFalse();
    assertThat(failure(tracker(body("d14:failure reason2:no8:retry in5:nevere"))).never()).isTrue();
    assertThat(failure(tracker(body("d14:failure reason2:no8:intervali300ee"))).retryAfter())
        .contains(Duration.ofMinutes(5));
  }

  @Test
  void anAbsurdIntervalIsADay() throws Exception {
    String absurd = "d8:intervali99999999999999e12:min intervali99999999e" + PEER + "e";
    TrackerAnswer answer = answer(tracker(body(absurd)));
    assertThat(answer.interval()).isEqualTo(Duration.ofDays(1));
    assertThat(answer.minInterval()).contains(Duration.ofDays(1));
  }

  @Test
  void peersThatAreNowhereAreLeftOut() throws Exception {
    String list = "l" + "d2:ip9:127.0.0.14:porti7ee" + "d2:ip9:some.name4:porti7ee" + "i3ee";
    TrackerAnswer answer = answer(tracker(body("d8:intervali60e5:peers" + list + "e")));
    assertThat(answer.peers()).hasToString("[127.0.0.1:7]");
    String odd =
        "\u007f\0\0\1\0\0" + "\0\0\0\0\0\7" + "\u00e0\0\0\1\0\7" + "\u007f\0\0\1\0\7" + "xy";
    answer = answer(tracker(body("d8:intervali60e5:peers" + odd.length() + ":" + odd + "e")));
    assertThat(answer.peers()).hasToString("[127.0.0.1:7]");
  }

  @Test
  void manyPeersAreCutOff() throws Exception {
    StringBuilder many = new StringBuilder();
    for (int i = 1; i <= 20_000; i++) {
      many.append("\u007f\0\0\1").append((char) (i >> 8)).append((char) (i & 0xff));
    }
    TrackerAnswer answer =
        answer(tracker(body("d8:intervali60e5:peers" + many.length() + ":" + many + "e")));
    assertThat(answer.peers()).hasSize(Bounds.MAX_PEERS);
  }

  @Test
  void anInterruptEndsTheCallAtOnce() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    URI tracker = tracker((connection, out) -> end.await());
    BlockingQueue<String> ended = new LinkedBlockingQueue<>();
    Thread caller =
        Thread.startVirtualThread(() -> {
          try {
            transport.announce(tracker, Asked.announce(), Duration.ofMinutes(5));
          } catch (TrackerFailure | InterruptedException e) {
            ended.add(e.getClass().getSimpleName());
          }
        });
    requests.take();
    caller.interrupt();
    assertThat(ended.take()).isEqualTo("InterruptedException");
    end.countDown();
  }

  @Test
  void scrapesGoToTheUrlByConvention() throws Exception {
    String files = "d5:filesd20:" + new String(Asked.SWARM.bytes(), ISO_8859_1);
    URI tracker = tracker(body(files + "d8:completei5e10:downloadedi9e10:incompletei2eeee"));
    assertThat(transport.scrape(URI.create(tracker + ".php"), List.of(Asked.SWARM), LIMIT))
        .containsEntry(Asked.SWARM, new ScrapeCounts(5, 2, 9));
    assertThat(requests.take()).startsWith("GET /scrape.php?info_hash=%01%23Eg");
  }

  @Test
  void nobodyThereIsUnreachable() throws Exception {
    URI tracker = tracker(body(GOOD));
    servers.getFirst().close();
    assertThat(failure(tracker).kind()).isEqualTo(Kind.UNREACHABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ws://x/announce", "wss://x/announce", "mailto:x@y", "http://x:0/announce"})
  void whatCannotBeAskedIsUnsupported(String uri) {
    assertThat(failure(URI.create(uri)).kind()).isEqualTo(Kind.UNSUPPORTED);
  }

  @Test
  void onThisHostOnlyAnnounceUrlsAreAsked() {
    URI tracker = tracker(body(GOOD));
    assertThat(failure(tracker.resolve("/admin/shutdown")).kind()).isEqualTo(Kind.UNSUPPORTED);
    assertThat(requests).isEmpty();
  }
}
