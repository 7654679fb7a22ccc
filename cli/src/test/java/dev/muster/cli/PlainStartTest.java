package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** picocli is the oracle. */
class PlainStartTest {

  @ParameterizedTest
  @MethodSource("optionsOfServe")
  void everyOptionWithAValueIsReadAsPicocliReadsIt(OptionSpec option) {
    assertThat(PlainStart.NAMES).contains(option.longestName());
    List<String> arguments = new ArrayList<>(List.of(option.longestName(), "one=1"));
    if (option.isMultiValue()) {
      arguments.addAll(List.of("--set", "a.b=c", option.longestName(), "two,three"));
    }
    ServeCommand plain = blank();
    assertThat(PlainStart.take(plain, serve(arguments))).isTrue();
    ServeCommand parsed = blank();
    new CommandLine(parsed).parseArgs(arguments.toArray(String[]::new));
    assertThat(plain).usingRecursiveComparison().ignoringFields("out", "err").isEqualTo(parsed);
  }

  static Stream<OptionSpec> optionsOfServe() {
    return new CommandLine(blank())
        .getCommandSpec().options().stream().filter(option -> option.arity().max() > 0);
  }

  @Test
  void aStartWithoutOptionsIsPlain() {
    assertThat(PlainStart.take(blank(), "serve")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "config",
        "--help",
        "serve --help",
        "serve --http",
        "serve --http --udp",
        "serve --http=:1",
        "serve --htp :1",
        "serve --admin :1 --admin :2",
        "serve --config a --config b",
        "serve --http @file",
        "serve --http \"quoted\"",
        "serve :1 --http",
      })
  void whatIsNotPlainIsLeftToPicocli(String arguments) {
    String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ");
    assertThat(PlainStart.take(blank(), words)).isFalse();
  }

  private static String[] serve(List<String> arguments) {
    return Stream.concat(Stream.of("serve"), arguments.stream()).toArray(String[]::new);
  }

  private static ServeCommand blank() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    return new ServeCommand(nowhere, nowhere);
  }
}
