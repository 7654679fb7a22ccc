package dev.muster.server.observe;

import dev.muster.swarm.SwarmsTotals;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the operator's port shows, and where it reads it.
 *
 * <p>The suppliers are called by the port's own thread, {@code totals} at most once a second
 * however many ask. A supplier that throws costs the asker a 500, nothing else.
 *
 * @param version of this program
 * @param started when the tracker began to answer
 * @param clock tells the time
 * @param doors what counts at each door; those of the same name are shown as one
 * @param totals the swarms' totals
 * @param announceUrls the announce URLs to hand out, the preferred one first
 * @param certificate of what HTTPS is encrypted with; none as long as HTTPS is not open
 * @param health how far the tracker is
 */
public record Observed(
    String version,
    Instant started,
    InstantSource clock,
    List<DoorMeter> doors,
    Supplier<SwarmsTotals> totals,
    Supplier<List<String>> announceUrls,
    Supplier<Optional<CertificateFacts>> certificate,
    Supplier<Health> health) {

  public Observed {
    doors = List.copyOf(doors);
  }
}
