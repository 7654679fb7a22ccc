package dev.muster.server.observe;

import dev.muster.swarm.SwarmsTotals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything the operator's port shows, as it was at one instant.
 *
 * @param version of this program
 * @param started when the tracker began to answer
 * @param at when this was read
 * @param health how far the tracker was
 * @param announceUrls the announce URLs to hand out
 * @param certificate of what HTTPS is encrypted with, if it is open
 * @param totals the swarms' totals
 * @param doors what each door has counted since the start
 * @param lately the part of it that falls into {@code window}, door by door in the same order
 * @param window how long before {@code at}; about a minute, or since the start if that is less
 * @param process what the process costs
 */
record Reading(
    String version,
    Instant started,
    Instant at,
    Health health,
    List<String> announceUrls,
    Optional<CertificateFacts> certificate,
    SwarmsTotals totals,
    List<DoorCounts> doors,
    List<DoorCounts> lately,
    Duration window,
    ProcessFacts process) {

  boolean healthy() {
    return health == Health.UP;
  }

  /** Since the start; zero if the system's clock was set back behind it. */
  Duration uptime() {
    Duration uptime = Duration.between(started, at);
    return uptime.isNegative() ? Duration.ZERO : uptime;
  }

  /** How many of these a second there were in the window; 0 if that is too short to say. */
  double perSecond(long count) {
    double seconds = window.toNanos() / 1e9;
    return seconds > 0 ? count / seconds : 0;
  }
}
