package dev.muster.checks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A host with several addresses, in a network of its own: a client hears only the address that it
 * asked, as one behind a NAT does.
 */
class MultiHomedTest {
  private static final String ALONE = "ip link set lo up && exec \"$@\"";

  @ParameterizedTest
  @ValueSource(strings = {"batched", "portable"})
  void aReplyLeavesFromTheAddressThatWasAsked(String io) {
    Program.missing("unshare", "-rn", "ip", "link").ifPresent(Assumptions::abort);
    List<String> command =
        List.of(
            "unshare",
            "-rn",
            "--kill-child",
            "sh",
            "-ec",
            ALONE,
            "sh",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            MultiHomedHost.class.getName(),
            io);
    try (OwnProcess host = OwnProcess.start(Home.of("multi-homed-" + io), command)) {
      Await.until(
          Duration.ofSeconds(120), () -> !host.isAlive(), () -> "an end:\n" + host.output());
      assertThat(host.output()).endsWith("every reply left from the address that was asked\n");
    }
  }
}
