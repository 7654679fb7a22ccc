package dev.muster.server.http;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs faults of the tracker's own, one a minute at most, however many requests run into them.
 * Thread-safe.
 */
final class FaultLog {
  private static final Logger log = LoggerFactory.getLogger(FaultLog.class);
  private static final long NANOS_BETWEEN = 60_000_000_000L;

  private final LongSupplier nanos;
  private final AtomicLong next;
  private final AtomicLong unsaid = new AtomicLong();

  FaultLog(LongSupplier nanos) {
    this.nanos = nanos;
    this.next = new AtomicLong(nanos.getAsLong());
  }

  void fault(String doing, Throwable cause) {
    long now = nanos.getAsLong();
    long due = next.get();
    if (now - due >= 0 && next.compareAndSet(due, now + NANOS_BETWEEN)) {
      log.error("a fault while {} ({} more unsaid)", doing, unsaid.getAndSet(0), cause);
    } else {
      unsaid.incrementAndGet();
    }
  }
}
