package dev.muster.server.http;

import static dev.muster.server.http.Rig.ANNOUNCE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.http.HttpQuery;
import dev.muster.protocol.http.QueryParser;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainGetTest {
  private static final String HEAD =
      "GET "
          + ANNOUNCE
          + " HTTP/1.1\r\nHost: t\r\nConnection: close\r\nAccept-Encoding: gzip\r\n"
          + "X-Forwarded-For: 192.0.2.1, 192.0.2.2\r\n\r\n";
  private static final List<String> KEPT =
      List.of("connection", "accept-encoding", "x-forwarded-for", "forwarded");

  private final PlainGet gets = new PlainGet(8192, 8192);

  private boolean read(String text) {
    return read(gets, text);
  }

  private static boolean read(PlainGet gets, String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    return gets.read(bytes, 0, bytes.length);
  }

  @Test
  void aPlainRequestIsRead() {
    assertThat(read(HEAD + "GET /next")).isTrue();
    assertThat(gets.target()).isEqualTo(ANNOUNCE);
    assertThat(gets.query(new QueryParser())).isEqualTo(HttpQuery.parse(ANNOUNCE));
    assertThat(gets.version().text()).isEqualTo("HTTP/1.1");
    assertThat(gets.headers().get("connection")).isEqualTo("close");
    assertThat(gets.headers().get("X-Forwarded-For")).isEqualTo("192.0.2.1, 192.0.2.2");
    assertThat(gets.persistence()).isEqualTo(Persistence.CLOSE);
    assertThat(gets.end()).isEqualTo(HEAD.length());
  }

  @Test
  void nothingOfARequestIsLeftInTheNext() {
    assertThat(read(HEAD)).isTrue();
    assertThat(read("GET / HTTP/1.0\r\n\r\n")).isTrue();
    assertThat(gets.target()).isEqualTo("/");
    assertThat(gets.version().text()).isEqualTo("HTTP/1.0");
    assertThat(gets.headers()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          HTTP/1.1, -,          STAY
          HTTP/1.1, keep-alive, STAY
          HTTP/1.1, Close,      CLOSE
          HTTP/1.0, -,          CLOSE
          HTTP/1.0, Keep-Alive, STAY_SAID
          HTTP/1.0, close,      CLOSE
          """)
  void whatBecomesOfTheConnectionIsRead(String version, @Nullable String said, Persistence then) {
    String header = said == null ? "" : "Connection: " + said + "\r\n";
    assertThat(read("GET / " + version + "\r\n" + header + "\r\n")).isTrue();
    assertThat(gets.persistence()).isEqualTo(then);
  }

  @Test
  void halfAHeadIsNotRead() {
    for (int length = 0; length < HEAD.length(); length++) {
      assertThat(read(HEAD.substring(0, length))).as("%d bytes", length).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST / HTTP/1.1\r\n\r\n",
        "GET / HTTP/2.0\r\n\r\n",
        "GET  / HTTP/1.1\r\n\r\n",
        "GET / x HTTP/1.1\r\n\r\n",
        "GET /announce ?x HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\n\n",
        "GET / HTTP/1.1\r\nX: y\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
        "GET / HTTP/1.1\r\nTRANSFER-ENCODING: chunked\r\n\r\n",
        "GET / HTTP/1.1\r\nExpect: 100-continue\r\n\r\n",
        "GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n",
        "GET / HTTP/1.1\r\nX : y\r\n\r\n",
        "GET / HTTP/1.1\r\n: y\r\n\r\n",
        "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\nX: y\r\n folded\r\n\r\n",
        "GET / HTTP/1.1\r\nX: a\u0000b\r\n\r\n",
        "GET /\u0001 HTTP/1.1\r\n\r\n",
        "\r\nGET / HTTP/1.1\r\n\r\n",
        "GET HTTP/1.1\r\n\r\n"
      })
  void whatIsUnusualIsForNettysDecoder(String head) {
    assertThat(read(head)).isFalse();
  }

  @Test
  void whatIsOverALimitIsForNettysDecoder() {
    PlainGet small = new PlainGet(30, 40);
    assertThat(read(small, "GET /" + "x".repeat(16) + " HTTP/1.1\r\n\r\n")).isTrue();
    assertThat(read(small, "GET /" + "x".repeat(17) + " HTTP/1.1\r\n\r\n")).isFalse();
    assertThat(read(small, "GET / HTTP/1.1\r\nX: " + "y".repeat(60) + "\r\n\r\n")).isFalse();
  }

  /** Whatever it reads, Netty's decoder reads to the same end. */
  @Test
  void itNeverDiffersFromNettysDecoder() {
    long seed = 20_260;
    SplittableRandom random = new SplittableRandom(seed);
    String letters = "\r\n :;,?%/-GETHTP/1.0abcXYZ\t\0\u007f\u00e9\"()";
    int read = 0;
    for (int i = 0; i < 60_000; i++) {
      StringBuilder text = new StringBuilder(HEAD);
      for (int change = random.nextInt(4); change > 0; change--) {
        int at = random.nextInt(text.length());
        char letter = letters.charAt(random.nextInt(letters.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, letter);
          case 1 -> text.insert(at, letter);
          default -> text.deleteCharAt(at);
        }
      }
      if (read(text.toString())) {
        read++;
        assertSame(text.toString(), "seed " + seed + ", round " + i);
      }
    }
    assertThat(read).isBetween(10_000, 59_000);
  }

  private void assertSame(String text, String round) {
    byte[] bytes = text.substring(0, gets.end()).getBytes(ISO_8859_1);
    EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder());
    channel.writeInbound(Unpooled.wrappedBuffer(bytes));
    HttpRequest netty = channel.readInbound();
    assertThat(netty.decoderResult().isSuccess()).as(round + ": " + text).isTrue();
    assertThat(gets.target()).as(round).isEqualTo(netty.uri());
    assertThat(netty.method()).as(round).isEqualTo(HttpMethod.GET);
    assertThat(gets.version()).as(round).isEqualTo(netty.protocolVersion());
    assertThat(gets.persistence()).as(round).isEqualTo(Persistence.of(netty));
    for (String name : KEPT) {
      assertThat(gets.headers().getAll(name)).as(round).isEqualTo(netty.headers().getAll(name));
    }
    Object rest = channel.readInbound();
    assertThat(rest).as(round).isInstanceOf(LastHttpContent.class);
    ReferenceCountUtil.release(rest);
    assertThat((Object) channel.readInbound()).as(round).isNull();
    channel.finishAndReleaseAll();
  }
}
