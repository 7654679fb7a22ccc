package dev.muster.checks.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./muster} in a checkout that is built but has never been started. */
class LauncherTest {
  private static final String PREPARES = "muster: preparing fast starts (once) ...";
  private static final List<String> MODULES =
      List.of("protocol", "swarm", "client", "server", "cli");

  @TempDir static Path directory;

  private static Path checkout;
  private static final List<String> toldByFirstStarts = new ArrayList<>();

  /** Two at once, as a first start may be; both have to answer, on the way to all other tests. */
  @BeforeAll
  static void startsTwiceAtOnce() throws Exception {
    checkout = Files.createDirectory(directory.resolve("a checkout"));
    Path root = Path.of("..").toRealPath();
    copy(root.resolve("muster"), checkout.resolve("muster"));
    copy(root.resolve(".mvn/jdk.sh"), checkout.resolve(".mvn/jdk.sh"));
    copy(root.resolve("pom.xml"), checkout.resolve("pom.xml"));
    for (String module : MODULES) {
      copy(root.resolve(module + "/pom.xml"), checkout.resolve(module + "/pom.xml"));
      Files.createDirectories(checkout.resolve(module + "/src/main"));
    }
    Path dist = root.resolve("cli/target/dist");
    try (Stream<Path> files = Files.walk(dist)) {
      files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().contains(".aot"))
          .forEach(file -> copy(file, program().resolve(dist.relativize(file))));
    }
    Files.writeString(program().resolve("built"), "");
    try (RunningProgram one = serve();
        RunningProgram other = serve()) {
      for (RunningProgram each : List.of(one, other)) {
        each.printed("announce");
        toldByFirstStarts.addAll(each.err());
      }
    }
  }

  @Test
  void ofTwoFirstStartsOnePreparesAndBothAnswer() {
    assertThat(toldByFirstStarts).filteredOn(PREPARES::equals).hasSize(1);
    assertThat(toldByFirstStarts).filteredOn(line -> line.contains("is up")).hasSize(2);
    assertThat(toldByFirstStarts).hasSize(3);
  }

  @Test
  void aLaterStartTakesItsClassesFromTheCache() throws Exception {
    Path log = directory.resolve("classes.txt");
    try (RunningProgram muster = serve("-Xlog:class+load:file=" + log)) {
      muster.printed("announce");
      assertThat(muster.err()).singleElement().asString().contains("is up");
      List<String> classes =
          Files.readAllLines(log).stream()
              .filter(line -> line.contains("dev.muster.") || line.contains("io.netty."))
              .toList();
      assertThat(classes).hasSizeGreaterThan(500);
      assertThat(classes).filteredOn(line -> line.contains(".jar")).hasSizeLessThan(10);
      assertThat(Files.readString(log))
          .as("picocli cannot be kept in the cache, so a plain start does without")
          .doesNotContain("picocli.");
    }
  }

  @Test
  void aBrokenCacheDoesNotKeepItFromStarting() throws Exception {
    Path cache = cache();
    byte[] whole = Files.readAllBytes(cache);
    try {
      for (int length : new int[] {0, 100, whole.length / 2}) {
        Files.write(cache, Arrays.copyOf(whole, length));
        try (RunningProgram muster = serve()) {
          muster.printed("announce");
          assertThat(muster.err()).singleElement().asString().contains("is up");
        }
      }
    } finally {
      Files.write(cache, whole);
    }
  }

  @Test
  void aCacheThatIsGoneIsMadeAgain() throws Exception {
    Files.delete(cache());
    Files.writeString(program().resolve("half-written.aot.1"), "what an interrupted one left");
    try (RunningProgram muster = version("")) {
      assertThat(muster.exitCode()).isZero();
      assertThat(muster.err()).containsExactly(PREPARES);
      assertThat(cache()).isNotEmptyFile();
    }
  }

  @Test
  void theOperatorsOptionsForTheJvmWin() throws Exception {
    Path log = directory.resolve("gc.txt");
    try (RunningProgram muster = version("-XX:+UseParallelGC -Xmx80m -Xlog:gc+init:file=" + log)) {
      assertThat(muster.exitCode()).isZero();
      assertThat(muster.out()).startsWith("muster ");
      assertThat(muster.err()).isEmpty();
      assertThat(Files.readString(log)).contains("Parallel").contains("Heap Max Capacity: 80M");
    }
  }

  private static RunningProgram serve(String... jvmOptions) throws IOException {
    String loopback = "127.0.0.1:0";
    return launch(
        String.join(" ", jvmOptions),
        "serve",
        "--http",
        loopback,
        "--udp",
        loopback,
        "--admin",
        loopback);
  }

  private static RunningProgram version(String jvmOptions) throws IOException {
    return launch(jvmOptions, "--version");
  }

  private static RunningProgram launch(String jvmOptions, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(checkout.resolve("muster").toString()));
    command.addAll(List.of(arguments));
    return RunningProgram.start(
        directory,
        command,
        Map.of("JAVA_HOME", System.getProperty("java.home"), "MUSTER_JAVA_OPTS", jvmOptions));
  }

  private static Path program() {
    return checkout.resolve("cli/target/dist");
  }

  private static Path cache() throws IOException {
    try (Stream<Path> files = Files.list(program())) {
      List<Path> caches = files.filter(file -> file.toString().contains(".aot")).toList();
      assertThat(caches).as("files of the cache").hasSize(1);
      return caches.getFirst();
    }
  }

  private static void copy(Path from, Path to) {
    try {
      Files.createDirectories(to.getParent());
      Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
