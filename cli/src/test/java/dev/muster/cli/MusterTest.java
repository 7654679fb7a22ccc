package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.server.config.Config;
import dev.muster.server.config.ConfigException;
import dev.muster.server.config.ConfigReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that end by themselves, run in this process. */
class MusterTest {
  @TempDir Path temporary;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Muster.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  @Test
  void configPrintsWhatReadsBackToTheDefaults() throws ConfigException {
    assertThat(run("config")).isEqualTo(Muster.DONE);
    assertThat(new ConfigReader().toml("printed", out.toString()).read()).isEqualTo(Config.DEFAULT);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aCorrectFileIsSaidToBe() throws IOException {
    Path file = Files.writeString(temporary.resolve("m.toml"), "udp.max-reply-bytes = 600");
    assertThat(run("config", "--check", file.toString())).isEqualTo(Muster.DONE);
    assertThat(out.toString()).isEqualTo(file + ": correct" + System.lineSeparator());
  }

  @Test
  void everyMistakeInAFileIsALine() throws IOException {
    Path file =
        Files.writeString(
            temporary.resolve("m.toml"), "[udp]\nrecieve-buffer = 3\nverbosity = \"loud\"\n");
    assertThat(run("config", "--check", file.toString())).isEqualTo(Muster.USAGE);
    assertThat(err.toString().lines())
        .containsExactly(
            file + ":2: unknown key `udp.recieve-buffer`; did you mean `udp.receive-buffer`?",
            file + ":3: unknown key `udp.verbosity`; `muster config` prints all keys");
    assertThat(out.toString()).isEmpty();
  }

  static Stream<String> wrongArguments() {
    return Stream.of(
        "serv",
        "--wat",
        "serve --htp :1",
        "serve --config",
        "serve --config /nonexistent/muster.toml",
        "serve --set udp.recieve-buffer=1",
        "serve --set nonsense",
        "serve --http 1.2.3.4:99999",
        "serve --udp off,:1",
        "serve --admin here",
        "config --check");
  }

  @ParameterizedTest
  @MethodSource("wrongArguments")
  void whatIsWrongIsOneLineAndExitCode2(String arguments) {
    assertThat(run(arguments.split(" "))).isEqualTo(Muster.USAGE);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("muster: ")
        .doesNotContain("Exception");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "serve --help", "config --help", "-h"})
  void helpIsGiven(String arguments) {
    assertThat(run(arguments.split(" "))).isEqualTo(Muster.DONE);
    assertThat(out.toString()).startsWith("Usage: muster");
  }

  @Test
  void withoutACommandHelpIsGiven() {
    assertThat(run()).isEqualTo(Muster.DONE);
    assertThat(out.toString()).startsWith("Usage: muster").contains("serve", "config");
  }

  @Test
  void theVersionIsALine() {
    assertThat(run("--version")).isEqualTo(Muster.DONE);
    assertThat(out.toString().lines()).containsExactly("muster development");
  }

  @Test
  void aBusyPortIsOneLineAndExitCode1() throws IOException {
    try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      String udp = "127.0.0.1:" + taken.getLocalPort();
      assertThat(
              run(
                  "serve",
                  "--http",
                  "off",
                  "--admin",
                  "off",
                  "--udp",
                  udp,
                  "--set",
                  "state.directory=" + temporary))
          .isEqualTo(Muster.FAILED);
      assertThat(err.toString().lines())
          .containsExactly(
              "muster: port " + taken.getLocalPort() + " is already in use (udp, 127.0.0.1)");
    }
  }

  @Test
  void anUnknownHostIsOneLineAndExitCode1() {
    assertThat(run("serve", "--http", "off", "--admin", "off", "--udp", "no-such-host.invalid:0"))
        .isEqualTo(Muster.FAILED);
    assertThat(err.toString().lines())
        .containsExactly("muster: no such host `no-such-host.invalid` (udp.listen)");
  }
}
