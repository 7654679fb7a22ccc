package dev.muster.client;

import dev.muster.protocol.id.InfoHash;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What happens between a client and its trackers: for logs, status pages and tests. */
public sealed interface TrackerEvent {
  /** When it happened, by this machine's clock. */
  Instant at();

  /**
   * A tracker answered an announce.
   *
   * @param at when
   * @param swarm of which swarm
   * @param tracker which tracker
   * @param peers how many it named
   * @param added how many of them are new in this swarm
   * @param next when it is asked again; nothing if this was the farewell
   * @param took how long the answer took
   * @param warning what it wants people to read
   */
  record Announced(
      Instant at,
      InfoHash swarm,
      URI tracker,
      int peers,
      int added,
      Optional<Duration> next,
      Duration took,
      Optional<String> warning)
      implements TrackerEvent {}

  /**
   * A tracker gave no answer.
   *
   * @param at when
   * @param swarm of which swarm
   * @param tracker which tracker
   * @param reason what kind of failure it is
   * @param message for people to read; a tracker's own words if it said any, so anything at all
   * @param next when it is asked again; nothing if never
   */
  record Failed(
      Instant at,
      InfoHash swarm,
      URI tracker,
      Reason reason,
      String message,
      Optional<Duration> next)
      implements TrackerEvent {}

  /**
   * A private link goes from one tracker to another: connections to peers that the first one named
   * are to be closed (BEP 27), and its peers are forgotten here.
   *
   * @param at when
   * @param swarm of which swarm
   * @param from the tracker before
   * @param to the tracker now
   */
  record Switched(Instant at, InfoHash swarm, URI from, URI to) implements TrackerEvent {}

  /**
   * The client asks all trackers again, each as soon as it allows.
   *
   * @param at when
   * @param cause why
   */
  record Resumed(Instant at, Cause cause) implements TrackerEvent {}

  /** Why a tracker gave no answer. */
  enum Reason {
    /** No address, or nobody there. */
    UNREACHABLE,
    /** No answer in time. */
    TIMED_OUT,
    /** It said no. */
    REFUSED,
    /** It said: never again (HTTP 410, BEP 31). */
    GONE,
    /** What it said is no answer. */
    MALFORMED,
    /** No scheme that this client speaks. */
    UNSUPPORTED
  }

  /** Why a client asks before it was due. */
  enum Cause {
    /** The machine slept. */
    SLEPT,
    /** The machine's addresses are others than before. */
    NETWORK_CHANGED
  }
}
