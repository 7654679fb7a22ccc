package dev.muster.client.wire;

import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What the transports are told.
 *
 * @param userAgent what HTTP requests call the application, printable ASCII
 * @param clock nanoseconds from any origin, as {@link System#nanoTime()}
 * @param trust who vouches for HTTPS trackers; null for whoever the system trusts
 */
public record WireSettings(String userAgent, LongSupplier clock, @Nullable SSLContext trust) {
  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if it cannot stand in a header
   */
  public WireSettings {
    if (!userAgent.matches("[\\x20-\\x7e]{1,200}")) {
      throw new IllegalArgumentException("a user agent is printable ASCII, userAgent=" + userAgent);
    }
  }
}
