package dev.muster.checks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The packaged program over HTTPS, asked by a client that checks its certificate. */
class HttpsTest {
  private static final Pattern URL =
      Pattern.compile("^\\s*announce\\s+(https://127\\.0\\.0\\.1:\\d+/\\S*)$", Pattern.MULTILINE);
  private static final Duration START = Duration.ofSeconds(30);

  private final Path home = Home.of("https");

  @Test
  void curlThatTrustsTheCertificateGetsAnAnswer() {
    assumeThat(Program.missing("openssl", "version")).isEmpty();
    assumeThat(Program.missing("curl")).isEmpty();
    Path certificate = home.resolve("server.crt");
    Path key = home.resolve("server.key");
    run(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
            + " -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 -keyout "
            + key
            + " -out "
            + certificate,
        "made");
    try (Tracker tracker =
        Tracker.start(
            home.resolve("tracker"),
            "--https",
            "127.0.0.1:0",
            "--set",
            "tls.certificate=" + certificate,
            "--set",
            "tls.key=" + key)) {
      Matcher url = URL.matcher(tracker.process().output());
      Await.until(START, () -> url.reset(tracker.process().output()).find(), () -> "a URL");
      String announce =
          url.group(1)
              + "?info_hash=asked-over-tls-curl1&peer_id=-XX0001-for-a-curl01&port=7&left=1";
      assertThat(run("curl -sS --cacert " + certificate + " " + announce, "asked"))
          .contains("8:interval");
      assertThat(run("curl -sS " + announce, "asked-untrusting"))
          .as("nobody vouches for it else")
          .doesNotContain("8:interval")
          .contains("certificate");
    }
  }

  private String run(String command, String name) {
    try (OwnProcess process = OwnProcess.start(home.resolve(name), List.of(command.split(" ")))) {
      Await.until(START, () -> !process.isAlive(), () -> command + " ends");
      return process.output();
    }
  }
}
