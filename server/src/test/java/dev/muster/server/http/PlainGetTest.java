package dev.muster.server.http;

import static dev.muster.server.http.Rig.ANNOUNCE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

  private Optional<HttpRequest> read(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    return Optional.ofNullable(gets.read(bytes, 0, bytes.length));
  }

  @Test
  void aPlainRequestIsRead() {
    HttpRequest request = read(HEAD + "GET /next").orElseThrow();
    assertThat(request.uri()).isEqualTo(ANNOUNCE);
    assertThat(request.protocolVersion().text()).isEqualTo("HTTP/1.1");
    assertThat(request.headers().get("connection")).isEqualTo("close");
    assertThat(request.headers().get("X-Forwarded-For")).isEqualTo("192.0.2.1, 192.0.2.2");
    assertThat(gets.end()).isEqualTo(HEAD.length());
    assertThat(read("GET / HTTP/1.0\r\n\r\n").orElseThrow().protocolVersion().text())
        .isEqualTo("HTTP/1.0");
  }

  @Test
  void halfAHeadIsNotRead() {
    for (int length = 0; length < HEAD.length(); length++) {
      assertThat(read(HEAD.substring(0, length))).as("%d bytes", length).isEmpty();
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
    assertThat(read(head)).isEmpty();
  }

  @Test
  void whatIsOverALimitIsForNettysDecoder() {
    PlainGet small = new PlainGet(30, 40);
    byte[] line = ("GET /" + "x".repeat(16) + " HTTP/1.1\r\n\r\n").getBytes(ISO_8859_1);
    assertThat(small.read(line, 0, line.length)).isNotNull();
    byte[] longer = ("GET /" + "x".repeat(17) + " HTTP/1.1\r\n\r\n").getBytes(ISO_8859_1);
    assertThat(small.read(longer, 0, longer.length)).isNull();
    byte[] head = ("GET / HTTP/1.1\r\nX: " + "y".repeat(60) + "\r\n\r\n").getBytes(ISO_8859_1);
    assertThat(small.read(head, 0, head.length)).isNull();
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
      Optional<HttpRequest> mine = read(text.toString());
      if (mine.isPresent()) {
        read++;
        assertSame(mine.get(), text.toString(), "seed " + seed + ", round " + i);
      }
    }
    assertThat(read).isBetween(10_000, 59_000);
  }

  private void assertSame(HttpRequest mine, String text, String round) {
    byte[] bytes = text.substring(0, gets.end()).getBytes(ISO_8859_1);
    EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder());
    channel.writeInbound(Unpooled.wrappedBuffer(bytes));
    HttpRequest netty = channel.readInbound();
    assertThat(netty.decoderResult().isSuccess()).as(round + ": " + text).isTrue();
    assertThat(mine.uri()).as(round).isEqualTo(netty.uri());
    assertThat(mine.method()).as(round).isEqualTo(netty.method());
    assertThat(mine.protocolVersion()).as(round).isEqualTo(netty.protocolVersion());
    for (String name : KEPT) {
      assertThat(mine.headers().getAll(name)).as(round).isEqualTo(netty.headers().getAll(name));
    }
    Object rest = channel.readInbound();
    assertThat(rest).as(round).isInstanceOf(LastHttpContent.class);
    ReferenceCountUtil.release(rest);
    assertThat((Object) channel.readInbound()).as(round).isNull();
    channel.finishAndReleaseAll();
  }
}
