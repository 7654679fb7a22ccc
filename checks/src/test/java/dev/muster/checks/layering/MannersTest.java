package dev.muster.checks.layering;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What no class may do, wherever it lives. */
class MannersTest {
  /** Ways to ask what time it is, or to be handed something that knows. */
  private static final Map<String, Set<String>> CLOCKS =
      Map.of(
          "java.lang.System", Set.of("currentTimeMillis", "nanoTime"),
          "java.time.Instant", Set.of("now"),
          "java.time.LocalDateTime", Set.of("now"),
          "java.time.ZonedDateTime", Set.of("now"),
          "java.time.Clock", Set.of("systemUTC", "systemDefaultZone", "system"),
          "java.time.InstantSource", Set.of("system"));

  @Test
  void timeIsReadOnlyWhereTheProgramIsPutTogether() {
    noClasses()
        .that(outside("dev.muster.server", "dev.muster.cli..", "dev.muster.checks.."))
        .and()
        .doNotHaveFullyQualifiedName("dev.muster.client.TrackerClient$Builder")
        .should()
        .accessTargetWhere(calls(CLOCKS))
        .because("time is an argument or an injected clock, so that a test can turn it")
        .check(House.CLASSES);
  }

  @Test
  void onlyTheCommandLineEndsTheProcess() {
    noClasses()
        .that(outside("dev.muster.cli..", "dev.muster.checks.."))
        .should()
        .accessTargetWhere(
            calls(
                Map.of(
                    "java.lang.System", Set.of("exit"),
                    "java.lang.Runtime", Set.of("exit", "halt"))))
        .check(House.CLASSES);
  }

  @Test
  void onlyTheCommandLineWritesToTheTerminal() {
    noClasses()
        .that(outside("dev.muster.cli..", "dev.muster.checks.."))
        .should()
        .accessTargetWhere(calls(Map.of("java.lang.System", Set.of("out", "err"))))
        .because("everybody else logs, or tells the caller")
        .check(House.CLASSES);
  }

  @Test
  void randomnessIsSeededAndInjectedInTheModelAndTheSwarms() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.muster.protocol..", "dev.muster.swarm..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
        .orShould()
        .accessTargetWhere(calls(Map.of("java.lang.Math", Set.of("random"))))
        .because("a test that fails must be able to fail again")
        .check(House.CLASSES);
  }

  @Test
  void everyPackageIsNullMarkedAndGivesATour() {
    Set<JavaPackage> unmarked =
        House.CLASSES.getDefaultPackage().getSubpackagesInTree().stream()
            .filter(each -> each.getName().startsWith("dev.muster."))
            .filter(each -> !each.getClasses().isEmpty())
            .filter(each -> !each.isAnnotatedWith(NullMarked.class))
            .collect(java.util.stream.Collectors.toSet());
    assertThat(unmarked).as("packages without a @NullMarked package-info.java").isEmpty();
  }

  private static DescribedPredicate<JavaClass> outside(String... packages) {
    return DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(packages));
  }

  private static DescribedPredicate<JavaAccess<?>> calls(Map<String, Set<String>> members) {
    DescribedPredicate<AccessTarget> named =
        DescribedPredicate.describe(
            "one of " + members,
            target ->
                members
                    .getOrDefault(target.getOwner().getName(), Set.of())
                    .contains(target.getName()));
    return target(named);
  }
}
