package dev.muster.swarm;

/**
 * Totals over all swarms.
 *
 * @param swarms swarms with at least one member
 * @param countsOnly swarms without a member, of which only the completions are kept
 * @param ipv4Seeders IPv4 peers that lack nothing
 * @param ipv4Leechers IPv4 peers that lack something
 * @param ipv6Seeders IPv6 peers that lack nothing
 * @param ipv6Leechers IPv6 peers that lack something
 * @param sessionSeeders session members that lack nothing
 * @param sessionLeechers session members that lack something
 * @param memoryBytes bytes of the tables, free room in them included
 * @param expired members that the sweep has removed since the start
 */
public record SwarmsTotals(
    long swarms,
    long countsOnly,
    long ipv4Seeders,
    long ipv4Leechers,
    long ipv6Seeders,
    long ipv6Leechers,
    long sessionSeeders,
    long sessionLeechers,
    long memoryBytes,
    long expired) {

  /** Members of every kind. */
  public long members() {
    return ipv4Seeders
        + ipv4Leechers
        + ipv6Seeders
        + ipv6Leechers
        + sessionSeeders
        + sessionLeechers;
  }
}
