package dev.muster.client;

import dev.muster.client.Announcer.State;
import dev.muster.client.wire.AnnounceAsk;
import dev.muster.client.wire.TrackerAnswer;
import dev.muster.protocol.announce.AnnounceEvent;
import dev.muster.protocol.id.InfoHash;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The announces of one swarm to all its trackers: who is asked, when, and what is said. Not
 * thread-safe: its owner's lock is held whenever it is called.
 *
 * <p>A tracker is idle until wanted; asked; then held (its interval runs) or tried later (its
 * back-off runs); or gone. How many are wanted at work, and which first, is the {@link Strategy}.
 * One that fails makes room, and the next idle one is asked at once. When a back-off ends, the
 * tracker is tried if it is wanted still, and else rests until another fails. So whenever too few
 * are at work, each of the others has a deadline or is gone.
 *
 * <p>Two times rule each tracker: {@code dueAt}, when it is asked next if nothing happens, and
 * {@code allowedAt}, before which nothing but an event is sent, whatever happens.
 */
final class Announcements {
  /** How long a tracker has to answer. */
  static final Duration LIMIT = Duration.ofSeconds(15);

  /** What the membership is told, and asked. */
  interface Owner {
    AnnounceAsk ask(InfoHash swarm, AnnounceEvent event, @Nullable String trackerId);

    /** Runs under the lock, unless the membership has ended. */
    void whileJoined(Runnable step);

    /** Takes in what a tracker named; how many of them are new. */
    int answered(Announcer announcer, TrackerAnswer answer);

    /** A private swarm has another tracker now; what the first one named is void. */
    void switched(InfoHash swarm, URI from, URI to);
  }

  private final InfoHash swarm;
  private final Strategy strategy;
  private final boolean isPrivate;
  private final Engine engine;
  private final Owner owner;

  /** In the order of BEP 12: by tier, and within a tier the one that answered last first. */
  private final List<Announcer> announcers;

  private @Nullable URI holder;

  Announcements(
      InfoHash swarm,
      Strategy strategy,
      boolean isPrivate,
      List<Announcer> announcers,
      Engine engine,
      Owner owner) {
    this.swarm = swarm;
    this.strategy = strategy;
    this.isPrivate = isPrivate;
    this.announcers = new ArrayList<>(announcers);
    this.engine = engine;
    this.owner = owner;
  }

  /** Asks the first trackers. */
  void start() {
    fill();
  }

  /** The download has finished: whoever counts this member in is told at once. */
  void completed() {
    for (Announcer each : announcers) {
      if (each.isTold || each.state == State.ASKING) {
        each.owesCompleted = true;
      }
      if (each.isTold && each.state == State.HOLDING) {
        ask(each);
      }
    }
  }

  /**
   * Asks again as soon as each tracker allows.
   *
   * @param from elapsed time, not earlier
   */
  void hurry(long from) {
    for (Announcer each : announcers) {
      if (each.state == State.HOLDING || each.state == State.LATER) {
        long at = Math.max(from, each.allowedAt);
        if (at - each.dueAt < 0) {
          schedule(each, at);
        }
      }
    }
  }

  /**
   * Stops everything; the trackers that perhaps count this member in, to be told of its end. No
   * more calls after this.
   */
  List<Announcer> stop() {
    List<Announcer> told = new ArrayList<>();
    for (Announcer each : announcers) {
      each.cancelTimer();
      if (each.isTold || each.state == State.ASKING) {
        told.add(each);
      }
      each.questions++;
      if (each.exchange != null) {
        each.exchange.cancel();
        each.exchange = null;
      }
      each.state = State.GONE;
    }
    return told;
  }

  List<Announcer> announcers() {
    return announcers;
  }

  private void ask(Announcer announcer) {
    announcer.cancelTimer();
    AnnounceEvent event = announcer.nextEvent();
    if (event == AnnounceEvent.STARTED) {
      announcer.owesCompleted = false; // one that is complete when it starts completes nothing
    }
    announcer.saying = event;
    announcer.state = State.ASKING;
    int question = ++announcer.questions;
    String trackerId = announcer.trackerId;
    announcer.exchange =
        engine
            .exchanges()
            .submit(
                announcer.tracker,
                transport ->
                    transport.announce(
                        announcer.tracker, owner.ask(swarm, event, trackerId), LIMIT),
                outcome ->
                    owner.whileJoined(() -> {
                      if (announcer.questions == question) {
                        announcer.exchange = null;
                        ended(announcer, outcome);
                      }
                    }));
  }

  private void ended(Announcer announcer, Outcome<TrackerAnswer> outcome) {
    if (outcome instanceof Outcome.Answered<TrackerAnswer> answered) {
      answered(announcer, answered.answer());
    } else if (outcome instanceof Outcome.Failed<TrackerAnswer> failed) {
      failed(announcer, failed);
    } else { // cancelled, but not by us: the client closes
      announcer.state = State.IDLE;
    }
  }

  private void answered(Announcer announcer, TrackerAnswer answer) {
    announcer.health.answered(answer.took(), countsUs(answer));
    announcer.failures = 0;
    announcer.isTold = true;
    announcer.state = State.HOLDING;
    if (announcer.saying == AnnounceEvent.COMPLETED) {
      announcer.owesCompleted = false;
    }
    answer.trackerId().ifPresent(id -> announcer.trackerId = id);
    if (strategy instanceof Strategy.Tiers) {
      becomeFirstOfItsTier(announcer);
    }
    int added = owner.answered(announcer, answer);

    long now = engine.time().elapsed();
    announcer.allowedAt = now + Pace.minIntervalNanos(answer.minInterval());
    long interval = Pace.intervalNanos(answer.interval(), answer.minInterval());
    schedule(announcer, now + Pace.spread(interval, engine.random()));
    tell(announcer, answer, added);
    if (announcer.owesCompleted) {
      ask(announcer);
    }
  }

  private static boolean countsUs(TrackerAnswer answer) {
    return answer.seeders().isEmpty()
        || answer.leechers().isEmpty()
        || answer.seeders().getAsInt() + (long) answer.leechers().getAsInt() > 0;
  }

  private void becomeFirstOfItsTier(Announcer announcer) {
    announcers.remove(announcer);
    int at = 0;
    while (at < announcers.size() && announcers.get(at).tier < announcer.tier) {
      at++;
    }
    announcers.add(at, announcer);
    for (Announcer other : announcers) {
      if (other != announcer && other.state == State.HOLDING) {
        retire(other);
      }
    }
    URI before = holder;
    holder = announcer.tracker;
    if (isPrivate && before != null && !before.equals(holder)) {
      owner.switched(swarm, before, holder);
    }
  }

  /** A better one answers again. */
  private void retire(Announcer announcer) {
    announcer.cancelTimer();
    announcer.state = State.IDLE;
    announcer.isTold = false;
    farewell(announcer, outcome -> {});
  }

  /** Tells a tracker that this member has left. */
  Exchanges.Exchange farewell(
      Announcer announcer, java.util.function.Consumer<Outcome<TrackerAnswer>> then) {
    String trackerId = announcer.trackerId;
    return engine
        .exchanges()
        .submit(
            announcer.tracker,
            transport ->
                transport.announce(
                    announcer.tracker,
                    owner.ask(swarm, AnnounceEvent.STOPPED, trackerId),
                    engine.settings().closeWithin()),
            then);
  }

  private void failed(Announcer announcer, Outcome.Failed<TrackerAnswer> failure) {
    announcer.health.failed();
    announcer.failures++;
    Optional<Duration> next = Optional.empty();
    if (failure.never() || failure.reason() == TrackerEvent.Reason.UNSUPPORTED) {
      announcer.state = State.GONE;
    } else {
      announcer.state = State.LATER;
      long now = engine.time().elapsed();
      long rest = Pace.restNanos(failure.reason(), failure.retryAfter());
      // What an earlier answer asked for holds on, if that is longer.
      announcer.allowedAt = Math.max(announcer.allowedAt, now + rest);
      long backOff = Pace.backOffNanos(failure.reason(), announcer.failures, engine.random());
      long due = Math.max(announcer.allowedAt, now + backOff);
      schedule(announcer, due);
      next = Optional.of(Duration.ofNanos(due - now));
    }
    engine
        .events()
        .accept(
            new TrackerEvent.Failed(
                engine.time().now(),
                swarm,
                announcer.tracker,
                failure.reason(),
                failure.message(),
                next));
    fill();
  }

  /** Asks idle trackers until enough are at work. */
  private void fill() {
    for (Announcer each : inOrderOfPreference()) {
      if (isEnoughAtWork()) {
        return;
      }
      if (each.state == State.IDLE) {
        if (each.allowedAt - engine.time().elapsed() <= 0) {
          ask(each);
        } else {
          each.state = State.LATER;
          schedule(each, each.allowedAt);
        }
      }
    }
  }

  private List<Announcer> inOrderOfPreference() {
    List<Announcer> order = new ArrayList<>(announcers);
    if (strategy instanceof Strategy.Some) {
      order.sort(Comparator.comparingDouble(each -> -each.health.score()));
    }
    return order;
  }

  private boolean isEnoughAtWork() {
    if (strategy instanceof Strategy.All) {
      return false;
    }
    int wanted = strategy instanceof Strategy.Some some ? some.trackers() : 1;
    return announcers.stream().filter(Announcer::isAtWork).count() >= wanted;
  }

  private void schedule(Announcer announcer, long at) {
    announcer.cancelTimer();
    announcer.dueAt = at;
    announcer.timer =
        engine.timers().schedule(at, () -> owner.whileJoined(() -> due(announcer, at)));
  }

  private void due(Announcer announcer, long at) {
    if (announcer.dueAt != at) {
      return; // it was changed in between
    }
    if (announcer.state == State.HOLDING || announcer.state == State.LATER && isWanted(announcer)) {
      ask(announcer);
    } else if (announcer.state == State.LATER) {
      announcer.state = State.IDLE;
    }
  }

  /** Whether one whose back-off is over is to be tried. */
  private boolean isWanted(Announcer announcer) {
    if (!isEnoughAtWork()) {
      return true;
    }
    // Tiers: back to the better one, but never two at once.
    return strategy instanceof Strategy.Tiers
        && !isPrivate
        && announcers.stream().noneMatch(each -> each.state == State.ASKING)
        && announcers.stream()
            .takeWhile(each -> each != announcer)
            .noneMatch(each -> each.state == State.HOLDING);
  }

  private void tell(Announcer announcer, TrackerAnswer answer, int added) {
    engine
        .events()
        .accept(
            new TrackerEvent.Announced(
                engine.time().now(),
                swarm,
                announcer.tracker,
                answer.peers().size(),
                added,
                Optional.of(Duration.ofNanos(announcer.dueAt - engine.time().elapsed())),
                answer.took(),
                answer.warning()));
  }
}
