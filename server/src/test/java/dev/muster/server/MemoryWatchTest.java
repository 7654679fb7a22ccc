package dev.muster.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;

class MemoryWatchTest {
  @Test
  void theOperatorIsToldOnceEachWay() {
    ListAppender<ILoggingEvent> events = new ListAppender<>();
    Logger logger = new LoggerContext().getLogger("test");
    events.start();
    logger.addAppender(events);
    MemoryWatch watch = new MemoryWatch(logger, 1000);
    for (long used : new long[] {0, 500, 899, 900, 950, 880, 1000, 801, 799, 100, 850}) {
      watch.look(used);
    }
    assertThat(events.list)
        .extracting(ILoggingEvent::getLevel)
        .containsExactly(Level.WARN, Level.INFO);
    assertThat(events.list.getFirst().getFormattedMessage()).contains("900 of 1000 bytes");
    assertThat(events.list.getLast().getFormattedMessage()).contains("799 of 1000 bytes");
  }
}
