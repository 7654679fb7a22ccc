package dev.muster.swarm;

/**
 * The counts of one swarm (BEP 48, 21), of endpoints.
 *
 * @param seeders members that lack nothing
 * @param leechers members that lack something
 * @param partialSeeds those of the leechers that download no more (BEP 21)
 * @param downloaded how many have completed, kept for a day after the last member left
 */
public record SwarmCounts(int seeders, int leechers, int partialSeeds, int downloaded) {
  /** Of a swarm that is not known. */
  public static final SwarmCounts NONE = new SwarmCounts(0, 0, 0, 0);
}
