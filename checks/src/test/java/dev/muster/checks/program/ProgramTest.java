package dev.muster.checks.program;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramTest {
  private static final String LOOPBACK = "127.0.0.1:0";

  @TempDir Path directory;

  @Test
  void serveSaysWhereItAnswersAndAnswersThere() throws Exception {
    try (RunningProgram muster = serve()) {
      assertThat(muster.printed("announce"))
          .isIn(announce("udp", muster), announce("http", muster));
      assertThat(muster.out()).contains(announce("udp", muster), announce("http", muster));
      assertThat(udpConnect(muster.port("udp"))).isTrue();
      HttpResponse<String> failure = get(announce("http", muster));
      assertThat(failure.statusCode()).isEqualTo(200);
      assertThat(failure.body()).startsWith("d14:failure reason");
      assertThat(get(muster.printed("operator") + "healthz").statusCode()).isEqualTo(200);
      assertThat(muster.err()).singleElement().asString().contains("INFO", "is up");
    }
  }

  @Test
  void sigtermEndsItWithinTwoSeconds() throws Exception {
    try (RunningProgram muster = serve()) {
      muster.printed("announce");
      Instant told = Instant.now();
      muster.terminate();
      assertThat(muster.exitCode()).isZero();
      assertThat(Duration.between(told, Instant.now())).isLessThan(Duration.ofSeconds(2));
      assertThat(muster.err()).last().asString().endsWith("stopped");
    }
  }

  @Test
  void theConnectionKeySurvivesARestartAndIsItsOwnersOnly() throws Exception {
    Path key = directory.resolve("state/muster/connection-key");
    String first = "";
    try (RunningProgram muster = serve()) {
      muster.printed("announce");
      first = Files.readString(key);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
          .isEqualTo("rw-------");
    }
    try (RunningProgram muster = serve()) {
      muster.printed("announce");
      assertThat(key).hasContent(first);
      assertThat(first).hasSize(33);
    }
  }

  @Test
  void beyondLoopbackTheOperatorsPortAsksForTheTokenInThePrintedFile() throws Exception {
    try (RunningProgram muster =
        RunningProgram.start(
            directory, "serve", "--http", "off", "--udp", "off", "--admin", "0.0.0.0:0")) {
      Path file = Path.of(muster.printed("token").replaceFirst("^in ", ""));
      assertThat(file).startsWith(directory);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      String page = "http://127.0.0.1:" + muster.port("operator") + "/stats.json";
      assertThat(get(page).statusCode()).isEqualTo(401);
      String token = Files.readString(file).strip();
      assertThat(get(page, "Authorization", "Bearer " + token).statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"operator", "http", "udp"})
  void aBusyPortIsOneLineAndAFailure(String door) throws Exception {
    try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        DatagramSocket udp = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      int taken = door.equals("udp") ? udp.getLocalPort() : tcp.getLocalPort();
      String address = "127.0.0.1:" + taken;
      try (RunningProgram muster =
          RunningProgram.start(
              directory,
              "serve",
              "--http",
              door.equals("http") ? address : "off",
              "--udp",
              door.equals("udp") ? address : LOOPBACK,
              "--admin",
              door.equals("operator") ? address : "off")) {
        assertThat(muster.exitCode()).isEqualTo(1);
        assertThat(muster.err())
            .containsExactly(
                "muster: port " + taken + " is already in use (" + door + ", 127.0.0.1)");
        assertThat(muster.out()).isEmpty();
      }
    }
  }

  /** Threads share a UDP port, which must not let another tracker join them and take its share. */
  @ParameterizedTest
  @CsvSource({"batched,batched", "batched,portable", "portable,batched"})
  void aSecondMusterOnTheUdpPortFails(String firstIo, String secondIo) throws Exception {
    try (RunningProgram first =
        RunningProgram.start(directory, udpOnly("[::]:0", firstIo).toArray(String[]::new))) {
      int taken = first.port("udp");
      for (String address : List.of("[::]:" + taken, "0.0.0.0:" + taken, "127.0.0.1:" + taken)) {
        try (RunningProgram second =
            RunningProgram.start(directory, udpOnly(address, secondIo).toArray(String[]::new))) {
          assertThat(second.exitCode()).isEqualTo(1);
          assertThat(second.err())
              .singleElement(STRING)
              .startsWith("muster: port " + taken + " is already in use (udp, ");
        }
      }
    }
  }

  private static List<String> udpOnly(String address, String io) {
    List<String> arguments = new ArrayList<>(List.of("serve", "--http", "off", "--admin", "off"));
    arguments.addAll(List.of("--udp", address));
    arguments.addAll(List.of("--set", "udp.threads=2", "--set", "udp.io=" + io));
    return arguments;
  }

  /**
   * The doors take their clocks from the program: seconds in place of nanoseconds, and nobody is
   * ever too slow.
   */
  @Test
  void theProgramsClockRunsAtTheDoors() throws Exception {
    try (RunningProgram muster =
            RunningProgram.start(
                directory,
                "serve",
                "--http",
                LOOPBACK,
                "--udp",
                "off",
                "--admin",
                LOOPBACK,
                "--set",
                "http.request-timeout=1s");
        Socket slow = new Socket(InetAddress.getLoopbackAddress(), muster.port("http"))) {
      slow.setSoTimeout(30_000);
      slow.getOutputStream().write("GET /announce".getBytes(US_ASCII));
      assertThat(new String(slow.getInputStream().readAllBytes(), US_ASCII))
          .startsWith("HTTP/1.1 408 ");
      assertThat(get("http://127.0.0.1:" + muster.port("http") + "/announce").statusCode())
          .isEqualTo(200);
      String metrics = get("http://127.0.0.1:" + muster.port("operator") + "/metrics").body();
      assertThat(metrics).doesNotContain("muster_request_seconds_sum{door=\"http\"} 0.0\n");
      assertThat(metrics).contains("muster_request_seconds_sum{door=\"http\"}");
    }
  }

  @Test
  void bothWildcardsOfAPortAreOneSocket() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (RunningProgram muster =
        RunningProgram.start(
            directory,
            "serve",
            "--http",
            "[::]:" + port,
            "--http",
            "0.0.0.0:" + port,
            "--udp",
            "off",
            "--admin",
            "off")) {
      assertThat(muster.port("http")).isEqualTo(port);
    }
  }

  @Test
  void aMissingCertificateIsOneLineAndAFailure() throws Exception {
    Path file = directory.resolve("missing.crt");
    try (RunningProgram muster =
        RunningProgram.start(
            directory,
            "serve",
            "--https",
            LOOPBACK,
            "--set",
            "tls.certificate=" + file,
            "--set",
            "tls.key=" + file)) {
      assertThat(muster.exitCode()).isEqualTo(1);
      assertThat(muster.err())
          .containsExactly("muster: tls.certificate: " + file + ": no such file");
      assertThat(muster.out()).isEmpty();
    }
  }

  @Test
  void aSecondMusterOnTheHttpPortFails() throws Exception {
    try (RunningProgram first = serve()) {
      int taken = first.port("http");
      for (String address : List.of("[::]:" + taken, "0.0.0.0:" + taken, "127.0.0.1:" + taken)) {
        try (RunningProgram second =
            RunningProgram.start(
                directory, "serve", "--http", address, "--udp", "off", "--admin", "off")) {
          assertThat(second.exitCode()).isEqualTo(1);
          assertThat(second.err())
              .singleElement(STRING)
              .startsWith("muster: port " + taken + " is already in use (http, ");
        }
      }
    }
  }

  @Test
  void anUnreadableFileIsOneLineAndAFailure() throws Exception {
    Path file = directory.resolve("missing.toml");
    try (RunningProgram muster =
        RunningProgram.start(directory, "serve", "--config", file.toString())) {
      assertThat(muster.exitCode()).isEqualTo(2);
      assertThat(muster.err())
          .containsExactly("muster: " + file + ": cannot be read: no such file");
    }
  }

  @Test
  void anUnknownKeyIsOneLineAndAFailure() throws Exception {
    Path file = directory.resolve("muster.toml");
    Files.writeString(file, "[udp]\nrecieve-buffer = \"1 MiB\"\n");
    try (RunningProgram muster =
        RunningProgram.start(directory, "serve", "--config", file.toString())) {
      assertThat(muster.exitCode()).isEqualTo(2);
      assertThat(muster.err())
          .containsExactly(
              "muster: "
                  + file
                  + ":2: unknown key `udp.recieve-buffer`; did you mean `udp.receive-buffer`?");
    }
  }

  @Test
  void theVersionIsALine() throws Exception {
    try (RunningProgram muster = RunningProgram.start(directory, "--version")) {
      assertThat(muster.exitCode()).isZero();
      assertThat(muster.out()).matches("muster \\d+\\.\\d+\\.\\d+\\S*\\R");
      assertThat(muster.err()).as("no warnings of the JVM either").isEmpty();
    }
  }

  private static String announce(String door, RunningProgram muster) throws Exception {
    return "%s://127.0.0.1:%d/announce".formatted(door, muster.port(door));
  }

  private RunningProgram serve() throws IOException {
    return RunningProgram.start(
        directory, "serve", "--http", LOOPBACK, "--udp", LOOPBACK, "--admin", LOOPBACK);
  }

  /** Whether a BEP 15 connect is answered; asks again as clients do. */
  private static boolean udpConnect(int port) throws IOException {
    byte[] request =
        ByteBuffer.allocate(16).putLong(0x41727101980L).putInt(0).putInt(0xfeed).array();
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(1000);
      for (int attempt = 0; attempt < 10; attempt++) {
        socket.send(
            new DatagramPacket(request, request.length, InetAddress.getLoopbackAddress(), port));
        DatagramPacket reply = new DatagramPacket(new byte[100], 100);
        try {
          socket.receive(reply);
        } catch (SocketTimeoutException e) {
          continue;
        }
        ByteBuffer bytes = ByteBuffer.wrap(reply.getData(), 0, reply.getLength());
        return bytes.remaining() == 16 && bytes.getInt() == 0 && bytes.getInt() == 0xfeed;
      }
      return false;
    }
  }

  private static HttpResponse<String> get(String uri, String... headers) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri));
      if (headers.length > 0) {
        request.headers(headers);
      }
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
