package dev.muster.server.announce;

import dev.muster.protocol.id.Address;
import org.jspecify.annotations.Nullable;

/**
 * What the operator decides about announces; immutable, swapped whole on reload.
 *
 * @param intervalSeconds how long peers are asked to wait, before jitter
 * @param intervalJitter the part of the interval by which it is spread to either side, 0 to 0.5
 * @param minIntervalSeconds how soon a peer may come back
 * @param numwantDefault peers given to one that names no number
 * @param numwantMax peers given at most
 * @param externalIpv4 the address at which outsiders reach peers of the operator's own network, if
 *     it is behind a NAT
 * @param externalIpv6 the same for IPv6
 */
public record AnnouncePolicy(
    int intervalSeconds,
    double intervalJitter,
    int minIntervalSeconds,
    int numwantDefault,
    int numwantMax,
    Address.@Nullable Ipv4 externalIpv4,
    Address.@Nullable Ipv6 externalIpv6) {

  /** The defaults. */
  public static final AnnouncePolicy DEFAULT =
      new AnnouncePolicy(1800, 0.1, 900, 50, 200, null, null);
}
