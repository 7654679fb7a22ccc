package dev.muster.checks.endtoend;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A certificate for 127.0.0.1 that openssl has made and nobody vouches for.
 *
 * @param certificate a PEM file
 * @param key a PEM file
 */
record OwnCertificate(Path certificate, Path key) {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  static OwnCertificate in(Path directory) {
    OwnCertificate made =
        new OwnCertificate(directory.resolve("server.crt"), directory.resolve("server.key"));
    String command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
            + " -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 -keyout "
            + made.key
            + " -out "
            + made.certificate;
    try (OwnProcess openssl = OwnProcess.start(directory, List.of(command.split(" ")))) {
      Await.until(LIMIT, () -> !openssl.isAlive(), () -> command + " ends");
    }
    return made;
  }

  /** What {@code muster serve} is told to answer over HTTPS with it. */
  String[] options() {
    return new String[] {
      "--https", "127.0.0.1:0", "--set", "tls.certificate=" + certificate, "--set", "tls.key=" + key
    };
  }
}
