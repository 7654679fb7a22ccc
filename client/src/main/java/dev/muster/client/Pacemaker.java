package dev.muster.client;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The one thread that a client has at rest, a virtual one: runs what is due, and looks every few
 * seconds whether the machine slept or moved.
 */
final class Pacemaker {
  private static final System.Logger LOG = System.getLogger(Pacemaker.class.getName());

  /** Between looks; so long after a sleep trackers may have to wait. */
  private static final long LOOK = Duration.ofSeconds(5).toNanos();

  private final Timers timers;
  private final SleepAwareTime time;
  private final OwnAddresses addresses;
  private final Consumer<TrackerEvent.Cause> resume;
  private final Thread thread = Thread.ofVirtual().name("muster-client").unstarted(this::run);

  Pacemaker(
      Timers timers,
      SleepAwareTime time,
      OwnAddresses addresses,
      Consumer<TrackerEvent.Cause> resume) {
    this.timers = timers;
    this.time = time;
    this.addresses = addresses;
    this.resume = resume;
  }

  void start() {
    thread.start();
  }

  void stop() {
    thread.interrupt();
  }

  private void run() {
    long look = time.elapsed() + LOOK;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        timers.await(time, Math.max(0, look - time.elapsed()));
        if (time.elapsed() - look >= 0) {
          look();
          look = time.elapsed() + LOOK;
        }
        runWhatIsDue();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    if (time.hasSlept()) {
      resume.accept(TrackerEvent.Cause.SLEPT);
    }
    if (addresses.haveChanged()) {
      resume.accept(TrackerEvent.Cause.NETWORK_CHANGED);
    }
  }

  private void runWhatIsDue() {
    boolean ran = true;
    while (ran) {
      try {
        ran = timers.runOne(time.elapsed());
      } catch (RuntimeException fault) { // the other swarms go on
        LOG.log(Level.ERROR, "a deadline failed", fault);
      }
    }
  }
}
