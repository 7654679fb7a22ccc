package dev.muster.checks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void withoutWordsAllLoadsAreCompared() {
    Options options = Options.of(List.of(), Map.of("MUSTER_PEERS", "built"));
    assertThat(options.doors()).containsExactly(Door.UDP, Door.HTTP, Door.HTTP_ONESHOT);
    assertThat(options.peersDirectory()).isEqualTo(Path.of("built"));
    assertThat(options.only()).isEmpty();
  }

  @Test
  void anOptionGoesBeforeTheEnvironment() {
    Options options =
        Options.of(
            List.of("http", "--peers", "here", "--only", "muster,netty"),
            Map.of("MUSTER_PEERS", "there"));
    assertThat(options.peersDirectory()).isEqualTo(Path.of("here"));
    assertThat(options.only()).containsExactlyInAnyOrder("muster", "netty");
  }

  @Test
  void whatMakesNoSenseIsAnErrorThatNamesIt() {
    assertThatThrownBy(() -> Options.of(List.of("tcp"), Map.of())).hasMessageContaining("tcp");
    assertThatThrownBy(() -> Options.of(List.of("--round", "3"), Map.of()))
        .hasMessageContaining("--round");
    assertThatThrownBy(() -> Options.of(List.of("--rounds", "0"), Map.of()))
        .hasMessageContaining("value=0");
    assertThatThrownBy(() -> Options.of(List.of("--rounds", "many"), Map.of()))
        .hasMessageContaining("value=many");
    assertThatThrownBy(() -> Options.of(List.of("--rounds"), Map.of()))
        .hasMessageContaining("needs a value");
    assertThatThrownBy(() -> Options.of(List.of("--outstanding", "8"), Map.of()))
        .hasMessageContaining("32");
  }
}
