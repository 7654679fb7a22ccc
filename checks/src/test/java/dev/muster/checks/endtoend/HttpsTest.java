package dev.muster.checks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The packaged program over HTTPS, asked by a client that checks its certificate. */
class HttpsTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Path home = Home.of("https");

  @Test
  void curlThatTrustsTheCertificateGetsAnAnswer() {
    assumeThat(Program.missing("openssl", "version")).isEmpty();
    assumeThat(Program.missing("curl")).isEmpty();
    OwnCertificate own = OwnCertificate.in(home);
    try (Tracker tracker = Tracker.startWithTls(home.resolve("tracker"), own)) {
      String announce =
          tracker.announceUrl(Introduction.HTTPS_IPV4)
              + "?info_hash=asked-over-tls-curl1&peer_id=-XX0001-for-a-curl01&port=7&left=1";
      assertThat(run("curl -sS --cacert " + own.certificate() + " " + announce, "asked"))
          .contains("8:interval");
      assertThat(run("curl -sS " + announce, "asked-untrusting"))
          .as("nobody vouches for it else")
          .doesNotContain("8:interval")
          .contains("certificate");
    }
  }

  private String run(String command, String name) {
    try (OwnProcess process = OwnProcess.start(home.resolve(name), List.of(command.split(" ")))) {
      Await.until(LIMIT, () -> !process.isAlive(), () -> command + " ends");
      return process.output();
    }
  }
}
