package dev.muster.checks.layering;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who may import whom. The arrows: cli → server, client; server → swarm → protocol; client →
 * protocol.
 */
class ArrowsTest {
  /** One package each; they meet in {@code server.announce}. */
  private static final List<String> DOORS =
      List.of("udp", "http", "websocket", "sealed", "rendezvous", "dht");

  /** What any module may lean on: the language, and nothing that talks, waits or runs. */
  private static final String[] LANGUAGE = {
    "java.lang..", "java.util..", "java.math..", "java.nio..", "java.io..", "org.jspecify.."
  };

  @ParameterizedTest
  @ValueSource(strings = {"protocol", "swarm", "server", "client", "cli"})
  void everyModuleIsLookedAt(String module) {
    assertThat(House.CLASSES)
        .anySatisfy(seen ->
            assertThat(seen.getPackageName() + ".").startsWith("dev.muster." + module + "."));
  }

  @Test
  void protocolKnowsOnlyTheLanguageAndJson() {
    check(
        classes()
            .that()
            .resideInAPackage("dev.muster.protocol..")
            .should()
            .onlyDependOnClassesThat(
                within(
                        "dev.muster.protocol..",
                        "java.security..",
                        "javax.crypto..",
                        "tools.jackson.core..")
                    .or(
                        named(
                            "java.net.InetAddress",
                            "java.net.UnknownHostException",
                            "java.net.URI",
                            "java.net.URISyntaxException"))
                    .or(within(LANGUAGE)))
            .because("it turns bytes into messages and back, in any program"));
  }

  @Test
  void protocolHasNoSocketAndNoThread() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.muster.protocol..")
            .should()
            .dependOnClassesThat(socketsAndThreads())
            .because("any program can drive it, from a test too"));
  }

  @Test
  void swarmKnowsOnlyTheAnnounceModelAndNoSocket() {
    check(
        classes()
            .that()
            .resideInAPackage("dev.muster.swarm..")
            .should()
            .onlyDependOnClassesThat(
                within(
                        "dev.muster.swarm..",
                        "dev.muster.protocol.id..",
                        "dev.muster.protocol.announce..")
                    .or(within(LANGUAGE)))
            .because("the swarms know who has what, not how the question came"));
  }

  @Test
  void clientKnowsOnlyTheJdkAndProtocol() {
    check(
        classes()
            .that()
            .resideInAPackage("dev.muster.client..")
            .should()
            .onlyDependOnClassesThat(
                within(
                    "dev.muster.client..",
                    "dev.muster.protocol..",
                    "java..",
                    "javax..",
                    "org.jspecify.."))
            .because("an application that embeds it takes on nothing else"));
  }

  @Test
  void serverKnowsNeitherClientNorCli() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.muster.server..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.muster.client..", "dev.muster.cli.."));
  }

  @Test
  void nobodyKnowsCliOrChecks() {
    check(
        noClasses()
            .that(
                within("dev.muster..").and(not(within("dev.muster.cli..", "dev.muster.checks.."))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.muster.cli..", "dev.muster.checks.."));
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.muster.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.muster.checks.."));
  }

  @Test
  void onlyServerKnowsNetty() {
    onlyIn("io.netty..", "dev.muster.server..", "dev.muster.checks.floor..");
  }

  @Test
  void theUdpDoorDoesWithoutNetty() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.muster.server.udp..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..")
            .because("it talks to the system itself, and a packet allocates nothing"));
  }

  @Test
  void onlyCliKnowsPicocli() {
    onlyIn("picocli..", "dev.muster.cli..");
  }

  @Test
  void onlyTheConfigurationKnowsToml() {
    onlyIn("org.tomlj..", "dev.muster.server.config..");
  }

  @Test
  void onlyTheOperatorsPortKnowsPrometheus() {
    onlyIn("io.prometheus..", "dev.muster.server.observe..");
  }

  @Test
  void onlyCliKnowsWhichLogIsWritten() {
    onlyIn("ch.qos.logback..", "dev.muster.cli..");
  }

  @Test
  void doorsNeverKnowOneAnother() {
    for (String door : DOORS) {
      List<String> others =
          DOORS.stream()
              .filter(other -> !other.equals(door))
              .map(other -> "dev.muster.server." + other + "..")
              .toList();
      check(
          noClasses()
              .that()
              .resideInAPackage("dev.muster.server." + door + "..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(others.toArray(String[]::new))
              .because("doors meet in server.announce"));
    }
  }

  @Test
  void doorsAndTheServiceKnowNoConfigurationAndNoWiring() {
    check(
        noClasses()
            .that(
                within("dev.muster.server..")
                    .and(not(within("dev.muster.server", "dev.muster.server.config.."))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.muster.server", "dev.muster.server.config..")
            .because("each has settings of its own, which the wiring fills"));
  }

  @Test
  void theOneServiceKnowsNoDoor() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage("dev.muster.server.announce..", "dev.muster.server.observe..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                DOORS.stream()
                    .map(door -> "dev.muster.server." + door + "..")
                    .toArray(String[]::new)));
  }

  @Test
  void packagesDependOnOneAnotherInOneDirectionOnly() {
    check(slices().matching("dev.muster.(**)").should().beFreeOfCycles());
  }

  private static void onlyIn(String library, String... homes) {
    check(
        noClasses()
            .that(within("dev.muster..").and(not(within(homes))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library));
  }

  private static DescribedPredicate<JavaClass> socketsAndThreads() {
    return within("java.nio.channels..", "java.util.concurrent", "java.nio.file..")
        .or(
            named(
                "java.net.Socket",
                "java.net.ServerSocket",
                "java.net.DatagramSocket",
                "java.lang.Thread"));
  }

  private static DescribedPredicate<JavaClass> within(String... packages) {
    return JavaClass.Predicates.resideInAnyPackage(packages);
  }

  private static DescribedPredicate<JavaClass> named(String... names) {
    List<String> list = List.of(names);
    return DescribedPredicate.describe(
        "named " + list, javaClass -> list.contains(javaClass.getName()));
  }

  private static DescribedPredicate<JavaClass> not(
      DescribedPredicate<? super JavaClass> predicate) {
    return DescribedPredicate.not(predicate.forSubtype());
  }

  /** A wall that has nothing on its one side yet is no fault: its part is still to be built. */
  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(House.CLASSES);
  }
}
