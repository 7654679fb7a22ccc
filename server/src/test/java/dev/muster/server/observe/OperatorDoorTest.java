package dev.muster.server.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorDoorTest {
  @ParameterizedTest
  @CsvSource({
    "/,             text/html; charset=utf-8",
    "/?refresh,     text/html; charset=utf-8",
    "/metrics,      text/plain; version=0.0.4; charset=utf-8",
    "/stats.json,   application/json",
    "/healthz,      text/plain; charset=utf-8",
  })
  void everyPageAnswersWithItsType(String path, String type) throws Exception {
    try (var port = new OperatorFixture()) {
      var answer = port.get(path);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("content-type")).isEqualTo(type);
      assertThat(answer.body()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "application/openmetrics-text; version=1.0.0, application/openmetrics-text; version=1.0.0; charset=utf-8",
    "text/plain,                                  text/plain; version=0.0.4; charset=utf-8",
    "*/*,                                         text/plain; version=0.0.4; charset=utf-8",
    "application/vnd.google.protobuf,             text/plain; version=0.0.4; charset=utf-8",
  })
  void metricsComeInTheFormatTheScraperAccepts(String accept, String type) throws Exception {
    try (var port = new OperatorFixture()) {
      var answer = port.ask(OperatorFixture.get("/metrics", "Accept: " + accept + "\r\n"));
      assertThat(answer.header("content-type")).isEqualTo(type);
      assertThat(answer.body().endsWith("# EOF\n")).isEqualTo(type.contains("openmetrics"));
    }
  }

  @Test
  void healthSaysOkAndNothingElse() throws Exception {
    try (var port = new OperatorFixture()) {
      assertThat(port.get("/healthz").body()).isEqualTo("ok\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"STARTING,starting", "CLOSING,down"})
  void healthIs503UnlessAllDoorsAreOpen(Health health, String said) throws Exception {
    try (var port = new OperatorFixture()) {
      port.health = health;
      assertThat(port.get("/healthz").status()).isEqualTo(503);
      assertThat(port.get("/healthz").body()).isEqualTo(said + "\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/metrics", "/stats.json", "/healthz", "/nothing"})
  void everyAnswerCarriesTheSecurityFields(String path) throws Exception {
    try (var port = new OperatorFixture()) {
      var answer = port.get(path);
      assertThat(answer.header("content-security-policy"))
          .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
          .doesNotContain("unsafe");
      assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
      assertThat(answer.header("cache-control")).isEqualTo("no-store");
      assertThat(answer.header("x-frame-options")).isEqualTo("DENY");
      assertThat(answer.header("referrer-policy")).isEqualTo("no-referrer");
      assertThat(answer.header("cross-origin-resource-policy")).isEqualTo("same-origin");
      assertThat(answer.headers()).doesNotContainKeys("server", "set-cookie");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/metrics/", "/stats", "//", "/healthz2", "/%6detrics"})
  void anUnknownPathIs404(String path) throws Exception {
    try (var port = new OperatorFixture()) {
      assertThat(port.get(path).status()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BREW"})
  void onlyGetAndHeadAreAnswered(String method) throws Exception {
    try (var port = new OperatorFixture()) {
      var answer = port.ask(method + " /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.header("allow")).isEqualTo("GET, HEAD");
    }
  }

  @Test
  void headHasTheFieldsOfGetAndNoBody() throws Exception {
    try (var port = new OperatorFixture();
        var http = port.connect()) {
      var head = http.send("HEAD /stats.json HTTP/1.1\r\nHost: localhost\r\n\r\n").answerToHead();
      var get = http.send(OperatorFixture.get("/stats.json", "")).answer();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.headers()).isEqualTo(get.headers());
      assertThat(get.body()).startsWith("{");
    }
  }

  @Test
  void aConnectionIsKeptForFurtherRequests() throws Exception {
    try (var port = new OperatorFixture();
        var http = port.connect()) {
      for (int i = 0; i < 300; i++) {
        assertThat(http.send(OperatorFixture.get("/healthz", "")).answer().status()).isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n",
      })
  void aConnectionIsClosedWhereThatIsTheRule(String request) throws Exception {
    try (var port = new OperatorFixture();
        var http = port.connect()) {
      var answer = http.send(request).answer();
      assertThat(answer.body()).isEqualTo("ok\n");
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(http.isEnded()).isTrue();
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    try (var port = new OperatorFixture();
        var http = port.connect()) {
      List<String> paths = List.of("/healthz", "/metrics", "/nothing", "/stats.json", "/");
      var pipelined = new StringBuilder();
      for (int round = 0; round < 100; round++) {
        paths.forEach(path -> pipelined.append(OperatorFixture.get(path, "")));
      }
      Thread sender = Thread.ofVirtual().start(() -> sendAll(http, pipelined.toString()));
      for (int round = 0; round < 100; round++) {
        assertThat(http.answer().body()).isEqualTo("ok\n");
        assertThat(http.answer().body()).startsWith("# HELP");
        assertThat(http.answer().status()).isEqualTo(404);
        assertThat(http.answer().body()).startsWith("{");
        assertThat(http.answer().body()).startsWith("<!DOCTYPE html>");
      }
      sender.join();
    }
  }

  private static void sendAll(RawHttp http, String text) {
    try {
      http.send(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aSupplierThatFailsCostsTheAskerA500AndNothingElse() throws Exception {
    var calm = new OperatorFixture();
    Observed broken =
        new Observed(
            "1",
            OperatorFixture.START,
            () -> OperatorFixture.START,
            List.of(),
            () -> {
              throw new IllegalStateException("planted by the test");
            },
            List::of,
            Optional::empty,
            () -> Health.UP);
    try (calm;
        OperatorDoor door =
            OperatorDoor.open(
                OperatorSettings.at(
                    new InetSocketAddress(calm.door.address().getAddress(), 0), Optional.empty()),
                broken);
        var http = new RawHttp(door.address())) {
      assertThat(http.send(OperatorFixture.get("/metrics", "")).answer().status()).isEqualTo(500);
      assertThat(http.send(OperatorFixture.get("/healthz", "")).answer().status()).isEqualTo(200);
    }
  }

  @Test
  void aBusyPortIsSaidWithItsAddress() throws Exception {
    try (var port = new OperatorFixture()) {
      InetSocketAddress taken = port.door.address();
      assertThatThrownBy(() ->
              OperatorDoor.open(OperatorSettings.at(taken, Optional.empty()), port.observed()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(String.valueOf(taken.getPort()))
          .hasMessageContaining("in use");
    }
  }

  @Test
  void closingEndsConnectionsAndFreesThePort() throws Exception {
    var port = new OperatorFixture();
    try (var http = port.connect()) {
      http.send(OperatorFixture.get("/healthz", "")).answer();
      port.close();
      assertThat(http.isEnded()).isTrue();
    }
    InetSocketAddress address = port.door.address();
    assertThatThrownBy(
            () -> {
              try (Socket socket = new Socket()) {
                socket.connect(address, 1000);
              }
            })
        .isInstanceOf(IOException.class);
    try (ServerSocket again = new ServerSocket()) {
      again.setReuseAddress(true);
      again.bind(address);
      assertThat(again.getLocalPort()).isEqualTo(address.getPort());
    }
  }
}
