package dev.muster.server.udp;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultLogTest {
  private final ListAppender<ILoggingEvent> told = new ListAppender<>();
  private long seconds = Long.MIN_VALUE / 2; // where the clock starts does not matter

  @Test
  void aStrangerWhoHasFoundAFaultFillsNoDiskWithIt() {
    FaultLog faults = new FaultLog(logger(), () -> seconds);
    for (int i = 0; i < 10_000; i++) {
      faults.report(new IllegalStateException("found"));
    }
    assertThat(messages()).containsExactly(message(0));
    seconds += 59;
    faults.report(new IllegalStateException("found"));
    assertThat(messages()).hasSize(1);
    seconds += 1;
    faults.report(new IllegalStateException("found"));
    assertThat(messages()).containsExactly(message(0), message(10_000));
  }

  private Logger logger() {
    Logger logger = new LoggerContext().getLogger("test");
    told.start();
    logger.addAppender(told);
    return logger;
  }

  private List<String> messages() {
    return told.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private static String message(int untold) {
    return "a fault at the UDP door; since the one told before: " + untold;
  }
}
