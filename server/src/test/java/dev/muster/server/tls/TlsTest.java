package dev.muster.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What is spoken, by either implementation, and what becomes of files that change. */
class TlsTest {
  private static final Duration NEVER = Duration.ofDays(1); // tests look themselves

  @TempDir Path directory;
  private final InstantSource clock = at("2030-01-01T00:00:00Z"); // they are good until 2126
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeEach
  void listen() {
    logged.start();
    ((Logger) LoggerFactory.getLogger(Tls.class)).addAppender(logged);
  }

  @AfterEach
  void stop() {
    ((Logger) LoggerFactory.getLogger(Tls.class)).detachAppender(logged);
  }

  @Test
  void boringSslIsThereOnLinux() {
    assertThat(OpenSsl.isAvailable())
        .as("%s", OpenSsl.unavailabilityCause())
        .isEqualTo(
            System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64"));
  }

  // -- what is spoken

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bothVersionsAreSpokenWithEveryKindOfKey(boolean openSsl) throws Exception {
    for (String name : List.of("ec", "rsa", "chain")) {
      try (Tls tls = Tls.open(TestFiles.pair(name), NEVER, openSsl, clock)) {
        SSLContext client = TestFiles.trusting(name.equals("chain") ? "root.crt" : name + ".crt");
        for (String version : List.of("TLSv1.3", "TLSv1.2")) {
          SSLEngine engine = engine(client);
          engine.setEnabledProtocols(new String[] {version});
          ReferenceCountUtil.release(handshake(engine, tls));
          assertThat(engine.getSession().getProtocol()).isEqualTo(version);
          assertThat(engine.getSession().getCipherSuite()).containsAnyOf("GCM", "POLY1305");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void suitesWithoutAuthenticatedEncryptionAreRefused(boolean openSsl) throws Exception {
    try (Tls tls = Tls.open(TestFiles.pair("rsa"), NEVER, openSsl, clock)) {
      for (String suite :
          List.of(
              "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
              "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
              "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256")) {
        SSLEngine engine = engine(TestFiles.trusting("rsa.crt"));
        engine.setEnabledProtocols(new String[] {"TLSv1.2"});
        engine.setEnabledCipherSuites(new String[] {suite});
        assertThatThrownBy(() -> handshake(engine, tls)).isInstanceOf(SSLException.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofTheProtocolsOfferedHttp11IsTaken(boolean openSsl) throws Exception {
    try (Tls tls = Tls.open(TestFiles.pair("ec"), NEVER, openSsl, clock)) {
      SSLEngine engine = engine(TestFiles.trusting("ec.crt"));
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
      engine.setSSLParameters(parameters);
      ReferenceCountUtil.release(handshake(engine, tls));
      assertThat(engine.getApplicationProtocol()).isEqualTo("http/1.1");
    }
  }

  // -- files that change

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aNewPairIsTakenAndConnectionsGoOn(boolean openSsl) throws Exception {
    TlsFiles files = TestFiles.copy("ec", directory);
    try (Tls tls = Tls.open(files, NEVER, openSsl, clock)) {
      SSLEngine before = engine(TestFiles.trusting("ec.crt"));
      SSLEngine server = handshake(before, tls);
      Files.copy(
          TestFiles.path("rsa.crt"),
          files.certificate(),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      tls.look();
      assertThat(subject(tls, "ec.crt")).as("the key is still the old one").isEqualTo("EC");
      Files.copy(
          TestFiles.path("rsa-pkcs1.key"),
          files.key(),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      tls.look();
      assertThat(subject(tls, "rsa.crt")).isEqualTo("RSA");
      tls.look(); // what was there before is let go of
      assertThat(echo(before, server)).isEqualTo("still here");
      ReferenceCountUtil.release(server);
    }
    assertThat(logged.list)
        .singleElement()
        .satisfies(event -> assertThat(event.getFormattedMessage()).contains("new certificate"));
  }

  @Test
  void aBrokenPairKeepsTheOldOneAndIsSaidAndCountedOnce() throws Exception {
    TlsFiles files = TestFiles.copy("ec", directory);
    try (Tls tls = Tls.open(files, NEVER, false, clock)) {
      String good = Files.readString(files.certificate());
      Files.writeString(files.certificate(), good.substring(0, 100));
      tls.look();
      assertThat(logged.list).as("it may be half written").isEmpty();
      assertThat(tls.failedReloads()).isZero();
      for (int i = 0; i < 5; i++) {
        tls.look();
      }
      assertThat(logged.list)
          .singleElement()
          .satisfies(event -> assertThat(event.getFormattedMessage()).contains("has no end"));
      assertThat(tls.failedReloads()).isEqualTo(1);
      Files.delete(files.certificate());
      for (int i = 0; i < 5; i++) {
        tls.look();
      }
      assertThat(logged.list).hasSize(2);
      assertThat(subject(tls, "ec.crt")).isEqualTo("EC");
      Files.writeString(files.certificate(), good);
      tls.look();
      assertThat(logged.list).as("all is as it was").hasSize(2);
      assertThat(tls.failedReloads()).isEqualTo(2);
    }
  }

  @Test
  void filesAreLookedAtWithoutBeingTold() throws Exception {
    TlsFiles files = TestFiles.copy("ec", directory);
    try (Tls tls = Tls.open(files, Duration.ofMillis(20), false, clock)) {
      Instant before = tls.expiry();
      Path next = Files.copy(TestFiles.path("rsa.crt"), directory.resolve("next"));
      Files.copy(
          TestFiles.path("rsa.key"),
          files.key(),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      Files.move(next, files.certificate(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (tls.expiry().equals(before)) {
        assertThat(System.nanoTime() - deadline).as("waiting for the new pair").isNegative();
        Thread.onSpinWait();
      }
    }
  }

  // -- dates

  @Test
  void aCertificateThatHasExpiredIsWarnedOf() throws Exception {
    Tls.open(TestFiles.pair("ec"), NEVER, false, at("2200-01-01T00:00:00Z")).close();
    assertThat(logged.list)
        .singleElement()
        .satisfies(
            event -> assertThat(event.getFormattedMessage()).contains("has expired at 2126"));
  }

  @Test
  void aCertificateThatExpiresSoonIsWarnedOfOnce() throws Exception {
    Instant end;
    try (Tls tls = Tls.open(TestFiles.pair("ec"), NEVER, false, clock)) {
      end = tls.expiry();
    }
    AtomicReference<Instant> now = new AtomicReference<>(end.minus(Duration.ofDays(15)));
    try (Tls tls = Tls.open(TestFiles.pair("ec"), NEVER, false, now::get)) {
      assertThat(logged.list).isEmpty();
      now.set(end.minus(Duration.ofDays(13)));
      tls.look();
      tls.look();
      assertThat(logged.list)
          .singleElement()
          .satisfies(event ->
              assertThat(event.getFormattedMessage())
                  .startsWith("the certificate expires at 2126-")
                  .endsWith(", in less than 14 days"));
      now.set(end.plusSeconds(1));
      tls.look();
      assertThat(logged.list).hasSize(2);
      assertThat(logged.list.getLast().getFormattedMessage()).contains("has expired at 2126");
    }
  }

  @Test
  void aCertificateThatIsNotGoodYetIsWarnedOf() throws Exception {
    Tls.open(TestFiles.pair("ec"), NEVER, false, at("2020-01-01T00:00:00Z")).close();
    assertThat(logged.list)
        .singleElement()
        .satisfies(
            event -> assertThat(event.getFormattedMessage()).contains("not good before 2026"));
  }

  @Test
  void aCertificateThatIsGoodIsNotWarnedOf() throws Exception {
    Tls.open(TestFiles.pair("ec"), NEVER, false, clock).close();
    assertThat(logged.list).isEmpty();
  }

  private static InstantSource at(String instant) {
    return InstantSource.fixed(Instant.parse(instant));
  }

  // -- a connection without a socket

  private static SSLEngine engine(SSLContext client) {
    SSLEngine engine = client.createSSLEngine("localhost", 443);
    engine.setUseClientMode(true);
    return engine;
  }

  private static String subject(Tls tls, String trusted) throws IOException {
    SSLEngine engine = engine(TestFiles.trusting(trusted));
    ReferenceCountUtil.release(handshake(engine, tls));
    X509Certificate own = (X509Certificate) engine.getSession().getPeerCertificates()[0];
    return own.getPublicKey().getAlgorithm();
  }

  /** Passes bytes to and fro until both are content; returns the server's side. */
  private static SSLEngine handshake(SSLEngine client, Tls tls) throws SSLException {
    SSLEngine server = tls.handler(UnpooledByteBufAllocator.DEFAULT).engine();
    ByteBuffer toServer = ByteBuffer.allocate(65536);
    ByteBuffer toClient = ByteBuffer.allocate(65536);
    client.beginHandshake();
    server.beginHandshake();
    for (int i = 0; i < 20; i++) {
      send(client, ByteBuffer.allocate(0), toServer);
      receive(server, toServer);
      send(server, ByteBuffer.allocate(0), toClient);
      receive(client, toClient);
    }
    assertThat(client.getHandshakeStatus()).isEqualTo(HandshakeStatus.NOT_HANDSHAKING);
    return server;
  }

  private static String echo(SSLEngine from, SSLEngine to) throws SSLException {
    ByteBuffer wire = ByteBuffer.allocate(65536);
    send(
        from,
        ByteBuffer.wrap("still here".getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
        wire);
    return receive(to, wire);
  }

  private static void send(SSLEngine from, ByteBuffer text, ByteBuffer wire) throws SSLException {
    do {
      run(from);
    } while (from.wrap(text, wire).bytesProduced() > 0);
  }

  private static String receive(SSLEngine to, ByteBuffer wire) throws SSLException {
    ByteBuffer text = ByteBuffer.allocate(65536);
    wire.flip();
    while (wire.hasRemaining() && to.unwrap(wire, text).bytesConsumed() > 0) {
      run(to);
    }
    wire.compact();
    return new String(text.array(), 0, text.position(), java.nio.charset.StandardCharsets.US_ASCII);
  }

  private static void run(SSLEngine engine) {
    Runnable task;
    while (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK
        && (task = engine.getDelegatedTask()) != null) {
      task.run();
    }
  }
}
