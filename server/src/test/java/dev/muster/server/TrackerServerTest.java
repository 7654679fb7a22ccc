package dev.muster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.server.config.Config;
import dev.muster.server.config.ConfigException;
import dev.muster.server.config.ConfigReader;
import dev.muster.server.tls.TestFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order in which doors open, and what is left when one does not. */
@Timeout(60)
class TrackerServerTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @TempDir Path directory;
  private final int http = freePort();
  private final int https = freePort();
  private final int udp = freePort();
  private final int operator = freePort();

  @Test
  void itIsUpOnlyWhenHttpsIsOpenToo() throws Exception {
    CountDownLatch loaded = new CountDownLatch(1);
    InstantSource held = // TLS asks it when all else is done
        () -> {
          try {
            loaded.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          return Instant.now();
        };
    Config config = config(TestFiles.path("ec.crt"), TestFiles.path("ec.key"));
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<TrackerServer> starting = threads.submit(() -> TrackerServer.start(config, "1", held));
      try {
        await(() -> isOpen(operator));
        assertThat(get(operator, "/healthz").statusCode()).isEqualTo(503);
        assertThat(get(operator, "/healthz").body()).isEqualTo("starting\n");
        assertThat(get(operator, "/metrics").body())
            .contains("\nmuster_doors_up 0.0\n")
            .doesNotContain("muster_tls_");
        assertThat(get(http, "/announce").statusCode()).isEqualTo(200);
        assertThat(isOpen(https)).isFalse();
        assertThat(starting.isDone()).isFalse();
      } finally {
        loaded.countDown();
      }
      try (TrackerServer server = starting.get()) {
        assertThat(server.httpsAddresses()).containsExactly(new InetSocketAddress(LOOPBACK, https));
        assertThat(get(operator, "/healthz").body()).isEqualTo("ok\n");
        await(() -> get(operator, "/metrics").body().contains("\nmuster_doors_up 1.0\n"));
        assertThat(get(operator, "/metrics").body())
            .contains("muster_tls_certificate_expiry_timestamp_seconds 4.9")
            .contains("muster_tls_failed_reloads_total 0");
      }
    }
  }

  /** The certificate is a pipe, so that it takes as long to be read as the test wants. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void noDoorOpensBeforeTheCertificateIsRead() throws Exception {
    Path pipe = directory.resolve("pipe.crt");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Config config = config(pipe, TestFiles.path("ec.key"));
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<TrackerServer> starting = threads.submit(() -> TrackerServer.start(config, "1"));
      try (OutputStream certificate = Files.newOutputStream(pipe)) { // as soon as it is read from
        long end = System.nanoTime() + Duration.ofMillis(800).toNanos();
        while (System.nanoTime() < end) {
          assertNoDoorIsOpen();
          LockSupport.parkNanos(5_000_000);
        }
        certificate.write("no certificate".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      }
      assertThatThrownBy(starting::get)
          .hasCauseInstanceOf(StartException.class)
          .hasMessageContaining("no certificate in it");
      assertNoDoorIsOpen();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ec.crt, rsa.key, not the key of the first certificate",
    "ec.crt, ec-encrypted.key, this key is encrypted",
    "ec.crt, ec.crt, no private key in it",
    "ec.key, ec.key, no certificate in it",
  })
  void aBadPairIsOneLineAndLeavesNothingOpen(String certificate, String key, String said)
      throws Exception {
    Config config = config(TestFiles.path(certificate), TestFiles.path(key));
    assertThatThrownBy(() -> TrackerServer.start(config, "1"))
        .isInstanceOf(StartException.class)
        .hasMessageContaining(said)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    assertNoDoorIsOpen();
  }

  @Test
  void aBusyHttpsPortIsOneLineAndLeavesNothingOpen() throws Exception {
    Config config = config(TestFiles.path("ec.crt"), TestFiles.path("ec.key"));
    try (ServerSocket taken = new ServerSocket(https, 1, LOOPBACK)) {
      assertThatThrownBy(() -> TrackerServer.start(config, "1"))
          .isInstanceOf(StartException.class)
          .hasMessage("port %d is already in use (https, 127.0.0.1)", taken.getLocalPort());
    }
    assertNoDoorIsOpen();
  }

  private void assertNoDoorIsOpen() throws IOException {
    for (int port : new int[] {http, https, operator}) {
      assertThat(isOpen(port)).isFalse();
    }
    new DatagramSocket(udp, LOOPBACK).close(); // throws if it is taken
  }

  private Config config(Path certificate, Path key) throws ConfigException {
    return new ConfigReader()
        .set("test", "http.listen", "127.0.0.1:" + http)
        .set("test", "udp.listen", "127.0.0.1:" + udp)
        .set("test", "admin.listen", "127.0.0.1:" + operator)
        .set("test", "tls.listen", "127.0.0.1:" + https)
        .set("test", "tls.certificate", certificate.toString())
        .set("test", "tls.key", key.toString())
        .set("test", "state.directory", directory.toString())
        .read();
  }

  private static boolean isOpen(int port) {
    try {
      new Socket(LOOPBACK, port).close();
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + port + path);
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  /** Something to be looked at. */
  private interface Look {
    boolean isSo() throws Exception;
  }

  private static void await(Look look) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!look.isSo()) {
      assertThat(System.nanoTime() - deadline).isNegative();
      LockSupport.parkNanos(2_000_000);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
