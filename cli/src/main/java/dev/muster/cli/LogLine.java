package dev.muster.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** An event as a line: {@code 2026-11-22T18:00:00Z INFO what happened}, then its stack trace. */
final class LogLine extends LayoutBase<ILoggingEvent> {
  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder();
    Instant when = event.getInstant().truncatedTo(ChronoUnit.SECONDS);
    DateTimeFormatter.ISO_OFFSET_DATE_TIME.formatTo(when.atZone(ZoneId.systemDefault()), line);
    String level = event.getLevel().toString();
    line.append(' ').append(level).append(" ".repeat(Math.max(1, 6 - level.length())));
    line.append(event.getFormattedMessage()).append(System.lineSeparator());
    if (event.getThrowableProxy() != null) {
      line.append(ThrowableProxyUtil.asString(event.getThrowableProxy()))
          .append(System.lineSeparator());
    }
    return line.toString();
  }
}
