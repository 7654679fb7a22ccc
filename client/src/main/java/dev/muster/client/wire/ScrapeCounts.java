package dev.muster.client.wire;

/**
 * The counts of a swarm as a tracker tells them (BEP 48, 15), 0 and up.
 *
 * @param seeders members that lack nothing
 * @param leechers members that lack something
 * @param downloaded how many have completed
 */
public record ScrapeCounts(int seeders, int leechers, int downloaded) {}
