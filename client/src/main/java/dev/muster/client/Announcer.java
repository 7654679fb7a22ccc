package dev.muster.client;

import dev.muster.protocol.announce.AnnounceEvent;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** How one swarm stands with one tracker. {@link Announcements} moves it. */
final class Announcer {
  /** What it is at. */
  enum State {
    /** Not wanted, or not yet. */
    IDLE,
    /** A question is under way. */
    ASKING,
    /** The tracker answered; it is asked again when the interval is over. */
    HOLDING,
    /** The tracker failed; it is tried again when the back-off is over. */
    LATER,
    /** Never to be asked again. */
    GONE
  }

  final URI tracker;
  final int tier;
  final Health health;

  State state = State.IDLE;
  AnnounceEvent saying = AnnounceEvent.NONE;

  /** Tells outcomes of the question under way from those of questions given up. */
  int questions;

  /** Failures in a row. */
  int failures;

  /** Elapsed time before which no regular announce may be sent. */
  long allowedAt;

  /** Elapsed time of the next announce, if one is due. */
  long dueAt;

  /** Whether the tracker counts this member in. */
  boolean isTold;

  /** Whether it has yet to hear that the download has finished. */
  boolean owesCompleted;

  @Nullable String trackerId;
  Timers.@Nullable Timer timer;
  Exchanges.@Nullable Exchange exchange;

  Announcer(URI tracker, int tier, Health health) {
    this.tracker = tracker;
    this.tier = tier;
    this.health = health;
  }

  /** A member is first started, once completed, and then only there. */
  AnnounceEvent nextEvent() {
    if (!isTold) {
      return AnnounceEvent.STARTED;
    }
    return owesCompleted ? AnnounceEvent.COMPLETED : AnnounceEvent.NONE;
  }

  boolean isAtWork() {
    return state == State.ASKING || state == State.HOLDING;
  }

  void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
