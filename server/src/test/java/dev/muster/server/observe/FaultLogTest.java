package dev.muster.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultLogTest {
  private final ListAppender<ILoggingEvent> told = new ListAppender<>();
  private long nanos = Long.MIN_VALUE / 2; // where the clock starts does not matter

  @Test
  void aStrangerWhoHasFoundAFaultFillsNoDiskWithIt() {
    FaultLog faults = new FaultLog(logger(), () -> nanos);
    for (int i = 0; i < 10_000; i++) {
      faults.fault("testing", new IllegalStateException("found"));
    }
    assertThat(messages()).containsExactly(message(0));
    nanos += 59_999_999_999L;
    faults.fault("testing", new IllegalStateException("found"));
    assertThat(messages()).hasSize(1);
    nanos += 1;
    faults.fault("testing", new IllegalStateException("found"));
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
    return "a fault while testing (" + untold + " more unsaid)";
  }
}
