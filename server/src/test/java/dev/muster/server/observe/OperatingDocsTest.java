package dev.muster.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.server.config.Config;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatingDocsTest {
  /** {@code `http.max-connections`}, in text; tables of the configuration as its first word. */
  private static final Pattern KEY =
      Pattern.compile("`((?:http|tls|udp|announce|swarms|admin|state|log)\\.[a-z-]+)`");

  /** Fields of stats.json that look like keys; those are checked elsewhere. */
  private static final Set<String> STATS = Set.of("swarms.live", "swarms.empty");

  @ParameterizedTest
  @ValueSource(strings = {"docs/operating.md", "SECURITY.md", "CHANGELOG.md"})
  void theKeysOfTheConfigurationNamedThereExist(String page) throws Exception {
    Set<String> keys = new TreeSet<>();
    for (RecordComponent table : Config.class.getRecordComponents()) {
      for (RecordComponent key : table.getType().getRecordComponents()) {
        keys.add(table.getName() + "." + kebab(key.getName()));
      }
    }
    Set<String> named =
        KEY.matcher(Files.readString(Path.of("..", page)))
            .results()
            .map(match -> match.group(1))
            .filter(name -> !STATS.contains(name))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(named).isNotEmpty().isSubsetOf(keys);
  }

  private static String kebab(String name) {
    return Pattern.compile("[A-Z]")
        .matcher(name)
        .replaceAll((MatchResult m) -> "-" + m.group().toLowerCase(Locale.ROOT));
  }
}
