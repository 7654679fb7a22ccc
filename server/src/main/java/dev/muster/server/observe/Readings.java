package dev.muster.server.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes readings of the tracker, at most one a second however many ask, and remembers the doors'
 * counts of the last minute so that rates can be told. Belongs to one thread.
 */
final class Readings {
  /** How long a reading is shown, so that nobody who asks often costs the tracker anything. */
  static final Duration KEPT = Duration.ofSeconds(1);

  /** How often {@link #sample} wants to be called. */
  static final Duration SAMPLING = Duration.ofSeconds(5);

  /** What rates are told over. */
  static final Duration WINDOW = Duration.ofMinutes(1);

  private static final int MOST_SAMPLES = (int) (WINDOW.toSeconds() / SAMPLING.toSeconds()) + 1;

  private record Sample(Instant at, List<DoorCounts> doors) {}

  private final Observed observed;

  /** Oldest first, never empty: the oldest is what rates are counted from. */
  private final Deque<Sample> samples = new ArrayDeque<>();

  private @Nullable Reading latest;

  Readings(Observed observed) {
    this.observed = observed;
    samples.add(new Sample(observed.clock().instant(), DoorCounts.of(observed.doors())));
  }

  /** Remembers the doors' counts of now. */
  void sample() {
    Instant now = observed.clock().instant();
    if (now.isBefore(samples.getLast().at())) {
      samples.clear(); // the clock was set back: what is remembered tells no rate any more
    }
    samples.add(new Sample(now, DoorCounts.of(observed.doors())));
    while (samples.size() > MOST_SAMPLES
        || samples.size() > 1 && samples.getFirst().at().isBefore(now.minus(WINDOW))) {
      samples.removeFirst();
    }
  }

  /** A reading not older than {@link #KEPT}. */
  Reading current() {
    Instant now = observed.clock().instant();
    Reading reading = latest;
    if (reading == null || now.isBefore(reading.at()) || !now.isBefore(reading.at().plus(KEPT))) {
      reading = read(now);
      latest = reading;
    }
    return reading;
  }

  private Reading read(Instant now) {
    Sample oldest = samples.getFirst();
    List<DoorCounts> doors = DoorCounts.of(observed.doors());
    List<DoorCounts> lately = new ArrayList<>();
    for (int i = 0; i < doors.size(); i++) {
      lately.add(doors.get(i).minus(oldest.doors().get(i)));
    }
    Duration window = Duration.between(oldest.at(), now);
    return new Reading(
        observed.version(),
        observed.started(),
        now,
        observed.health().get(),
        List.copyOf(observed.announceUrls().get()),
        observed.certificate().get(),
        observed.totals().get(),
        doors,
        List.copyOf(lately),
        window.isNegative() ? Duration.ZERO : window,
        ProcessFacts.now());
  }
}
