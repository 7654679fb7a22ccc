package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLineTest {

  @ParameterizedTest
  @CsvSource({"INFO,'INFO  '", "WARN,'WARN  '", "ERROR,'ERROR '"})
  void anEventIsTimeLevelAndMessage(String level, String printed) {
    assertThat(line(Level.valueOf(level), null))
        .matches(
            "2026-11-22T\\d\\d:\\d\\d:07(Z|[+-]\\d\\d:\\d\\d) "
                + printed
                + "`a` is b"
                + System.lineSeparator());
  }

  @Test
  void aStackTraceFollows() {
    assertThat(line(Level.ERROR, new IllegalStateException("why")).lines())
        .anyMatch("java.lang.IllegalStateException: why"::equals)
        .anyMatch(line -> line.strip().startsWith("at " + LogLineTest.class.getName()));
  }

  private static String line(Level level, @Nullable Throwable thrown) {
    LoggerContext context = new LoggerContext();
    LoggingEvent event =
        new LoggingEvent(
            "", context.getLogger("x"), level, "`{}` is b", thrown, new Object[] {"a"});
    event.setInstant(Instant.parse("2026-11-22T10:00:07.123Z"));
    return new LogLine().doLayout(event);
  }
}
