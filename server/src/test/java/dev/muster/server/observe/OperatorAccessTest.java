package dev.muster.server.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorAccessTest {
  private static final String TOKEN = "c0ffee:0123456789abcdef";

  @ParameterizedTest
  @ValueSource(strings = {"/", "/metrics", "/stats.json", "/nothing", "/?refresh", "/healthz/"})
  void withoutTheTokenThereIsOnlyA401WhateverThePath(String path) throws Exception {
    try (var port = new OperatorFixture(Optional.of(TOKEN), Set.of())) {
      var answer = port.get(path);
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.headers().get("www-authenticate"))
          .containsExactly("Bearer realm=\"muster\"", "Basic realm=\"muster\", charset=\"UTF-8\"");
      assertThat(answer.body()).doesNotContain("muster_", "1.2.3");
    }
  }

  @Test
  void healthNeedsNoToken() throws Exception {
    try (var port = new OperatorFixture(Optional.of(TOKEN), Set.of())) {
      assertThat(port.get("/healthz").body()).isEqualTo("ok\n");
    }
  }

  @Test
  void theTokenOpensEverythingAsBearerAndAsPassword() throws Exception {
    try (var port = new OperatorFixture(Optional.of(TOKEN), Set.of())) {
      for (String credentials :
          new String[] {
            "Bearer " + TOKEN,
            "bearer  " + TOKEN,
            "Basic " + base64("operator:" + TOKEN),
            "BASIC " + base64(":" + TOKEN)
          }) {
        assertThat(asked(port, credentials)).as(credentials).isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer c0ffee",
        "Bearer c0ffee:0123456789abcdeF",
        "Bearer c0ffee:0123456789abcdef0",
        "c0ffee:0123456789abcdef",
        "Digest c0ffee:0123456789abcdef",
        "Basic",
        "Basic !!!!",
        "Basic Og==",
        "Basic c0ffee:0123456789abcdef",
      })
  void anythingButTheTokenIs401(String credentials) throws Exception {
    try (var port = new OperatorFixture(Optional.of(TOKEN), Set.of())) {
      assertThat(asked(port, credentials)).isEqualTo(401);
    }
  }

  private static int asked(OperatorFixture port, String credentials) throws Exception {
    return port.ask(OperatorFixture.get("/metrics", "Authorization: " + credentials + "\r\n"))
        .status();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LocalHost:80",
        "localhost.",
        "127.0.0.1",
        "127.0.0.1:6970",
        "127.3.4.5",
        "[::1]",
        "[::1]:6970",
        "[0:0:0:0:0:0:0:1]:1",
        "stats.example",
        "Stats.Example.:443",
        "192.0.2.7:6970",
        "[2001:db8:0::7]",
      })
  void knownHostsAreAnswered(String host) throws Exception {
    try (var port =
        new OperatorFixture(
            Optional.empty(), Set.of("stats.example", "192.0.2.7", "2001:db8::7"))) {
      assertThat(addressed(port, host)).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:6970",
        "localhost.evil.example",
        "notlocalhost",
        "x.stats.example",
        "192.0.2.8",
        "[2001:db8::8]",
        "10.0.0.1",
        "0.0.0.0",
        "127.0.0.1.evil.example",
      })
  void dnsRebindingUnderAnyOtherHostIs403(String host) throws Exception {
    try (var port = new OperatorFixture(Optional.empty(), Set.of("stats.example"))) {
      assertThat(addressed(port, host)).isEqualTo(403);
      assertThat(port.ask("GET /healthz HTTP/1.1\r\nHost: " + host + "\r\n\r\n").status())
          .isEqualTo(403);
      assertThat(
              port.ask("GET http://" + host + "/metrics HTTP/1.1\r\nHost: localhost\r\n\r\n")
                  .status())
          .isEqualTo(403);
    }
  }

  @Test
  void theTokenDoesNotExcuseAWrongHost() throws Exception {
    try (var port = new OperatorFixture(Optional.of(TOKEN), Set.of())) {
      var answer =
          port.ask(
              "GET / HTTP/1.1\r\nHost: evil.example\r\nAuthorization: Bearer "
                  + TOKEN
                  + "\r\n\r\n");
      assertThat(answer.status()).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Host:\r\n",
        "Host: a b\r\n",
        "Host: local/host\r\n",
        "Host: user@localhost\r\n",
        "Host: [::1\r\n",
        "Host: localhost:port\r\n",
        "Host: localhost\r\nHost: localhost\r\n",
        "Host: localhost\r\nHost: evil.example\r\n",
      })
  void aMissingDoubledOrBrokenHostIs400(String fields) throws Exception {
    try (var port = new OperatorFixture()) {
      assertThat(port.ask("GET /healthz HTTP/1.1\r\n" + fields + "\r\n").status()).isEqualTo(400);
    }
  }

  @Test
  void http10NeedsNoHost() throws Exception {
    try (var port = new OperatorFixture()) {
      assertThat(port.ask("GET /healthz HTTP/1.0\r\n\r\n").body()).isEqualTo("ok\n");
    }
  }

  @Test
  void aWholeUrlIsTakenAsTarget() throws Exception {
    try (var port = new OperatorFixture()) {
      assertThat(
              port.ask("GET http://localhost:1/healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").body())
          .isEqualTo("ok\n");
    }
  }

  private static int addressed(OperatorFixture port, String host) throws Exception {
    return port.ask("GET /metrics HTTP/1.1\r\nHost: " + host + "\r\n\r\n").status();
  }

  @Test
  void theAddressACallerHasConnectedToIsAnswered() throws Exception {
    InetAddress local = InetAddress.ofLiteral("192.0.2.9");
    var rule = new HostRule(Set.of());
    assertThat(rule.allows("192.0.2.9:6970", local)).isTrue();
    assertThat(rule.allows("192.0.2.10:6970", local)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "2001:db8::1"})
  void withoutATokenThereIsNoPortBeyondLoopback(String address) {
    var beyond = new InetSocketAddress(InetAddress.ofLiteral(address), 6970);
    assertThatThrownBy(() -> OperatorSettings.at(beyond, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("token");
    assertThat(OperatorSettings.at(beyond, Optional.of(TOKEN)).toString()).doesNotContain(TOKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "grün", "a\n", "\u0000"})
  void aTokenThatCannotBeSentIsRefused(String token) {
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    assertThatThrownBy(() -> OperatorSettings.at(loopback, Optional.of(token)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void limitsBelowOneAreRefused() {
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    assertThatThrownBy(() ->
            new OperatorSettings(loopback, Optional.empty(), Set.of(), 0, Duration.ofSeconds(10)))
        .hasMessageContaining("value=0");
    assertThatThrownBy(
            () -> new OperatorSettings(loopback, Optional.empty(), Set.of(), 1, Duration.ZERO))
        .hasMessageContaining("value=PT0S");
    assertThatThrownBy(() ->
            OperatorSettings.at(
                InetSocketAddress.createUnresolved("nowhere.invalid", 1), Optional.of(TOKEN)))
        .hasMessageContaining("nowhere.invalid");
  }
}
