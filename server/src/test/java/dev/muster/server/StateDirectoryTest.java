package dev.muster.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
  @TempDir Path temporary;

  private StateDirectory state(long seed) {
    return new StateDirectory(temporary.resolve("state/muster"), new SplittableRandom(seed));
  }

  @Test
  void aSecretIsMadeOnceAndKept() {
    StateDirectory.Kept made = state(1).secret("token", 24);
    StateDirectory.Kept found = state(2).secret("token", 24);

    assertThat(made.bytes()).hasSize(24).isNotEqualTo(new byte[24]);
    assertThat(found.bytes()).isEqualTo(made.bytes());
    assertThat(found.file()).contains(temporary.resolve("state/muster/token"));
  }

  @Test
  void fileAndDirectoryAreTheirOwnersOnly() throws IOException {
    Path directory = temporary.resolve("state/muster");
    Path file = state(1).secret("token", 24).file().orElseThrow();

    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(permissions(directory)).isEqualTo("rwx------");
    assertThat(permissions(temporary.resolve("state"))).isEqualTo("rwx------");
    try (var files = Files.list(directory)) {
      assertThat(files).as("no drafts left").containsExactly(file);
    }
  }

  @Test
  void aFileThatOthersCouldReadIsClosedToThem() throws IOException {
    Path file = state(1).secret("token", 24).file().orElseThrow();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    state(2).secret("token", 24);

    assertThat(permissions(file)).isEqualTo("rw-------");
  }

  @Test
  void aFileThatHoldsSomethingElseIsLeftAlone() throws IOException {
    Path file = state(1).secret("token", 24).file().orElseThrow();
    Files.writeString(file, "my diary");

    StateDirectory.Kept kept = state(2).secret("token", 24);

    assertThat(kept.bytes()).hasSize(24);
    assertThat(kept.file()).isEmpty();
    assertThat(file).hasContent("my diary");
  }

  @Test
  void whereNothingCanBeWrittenASecretIsMadeForThisRun() throws IOException {
    Path blocked = Files.writeString(temporary.resolve("file"), "in the way");
    StateDirectory state = new StateDirectory(blocked.resolve("muster"), new SplittableRandom(3));

    StateDirectory.Kept kept = state.secret("token", 24);

    assertThat(kept.bytes()).hasSize(24);
    assertThat(kept.file()).isEmpty();
  }

  @Test
  void twoThatMakeTheSameSecretAtOnceAgree() throws Exception {
    int rounds = 50;
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      for (int round = 0; round < rounds; round++) {
        String name = "secret-" + round;
        List<Callable<String>> makers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          long seed = round * 4L + i;
          makers.add(() -> HexFormat.of().formatHex(state(seed).secret(name, 16).bytes()));
        }
        List<String> secrets = new ArrayList<>();
        for (Future<String> made : pool.invokeAll(makers)) {
          secrets.add(made.get());
        }
        assertThat(secrets).as(name).containsOnly(secrets.getFirst());
      }
    }
  }

  @Test
  void theUsersDirectoryFollowsXdg() {
    assertThat(StateDirectory.ofUser(Optional.of("/s"), "/home/u")).isEqualTo(Path.of("/s/muster"));
    assertThat(StateDirectory.ofUser(Optional.of("relative"), "/home/u"))
        .isEqualTo(Path.of("/home/u/.local/state/muster"));
    assertThat(StateDirectory.ofUser(Optional.empty(), "/home/u"))
        .isEqualTo(Path.of("/home/u/.local/state/muster"));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
