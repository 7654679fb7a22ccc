package dev.muster.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LogbackServiceProvider;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import dev.muster.server.config.LogLevel;
import org.slf4j.LoggerFactory;

/**
 * Logback, set up in code: to standard error, one line an event. SLF4J is told its name, so that
 * neither it nor Logback looks for services or files: each search would open every jar of the class
 * path, which costs a fifth of the start.
 */
public final class LogSetup extends LogbackServiceProvider {

  /** From now on SLF4J, if it is not in use yet, logs this way. */
  static void install() {
    System.setProperty("slf4j.provider", LogSetup.class.getName());
    System.setProperty("slf4j.internal.verbosity", "WARN"); // else it tells that it was told so
  }

  @Override
  public void initialize() {
    LoggerContext context = (LoggerContext) getLoggerFactory();
    context.setMDCAdapter((LogbackMDCAdapter) getMDCAdapter());
    LogLine line = new LogLine();
    line.setContext(context);
    line.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setLayout(line);
    encoder.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(encoder);
    console.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(console);
    root.setLevel(Level.INFO);
    context.getLogger("io.netty").setLevel(Level.WARN); // its debug output is about itself
    context.start();
  }

  /** From now on, this is the least that is logged. */
  static void level(LogLevel level) {
    if (level != LogLevel.INFO
        && LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
      root.setLevel(Level.valueOf(level.name()));
    }
  }
}
