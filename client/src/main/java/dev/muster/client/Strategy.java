package dev.muster.client;

/**
 * How many of a link's trackers are asked. Private links are always asked as {@link #tiers()} say,
 * and never another way (BEP 27).
 */
public sealed interface Strategy {
  /** All trackers, always: the most peers, and no waiting for one that is dead. The default. */
  static Strategy all() {
    return new All();
  }

  /**
   * One at a time, in the order of BEP 12: the tiers one after the other, the trackers of a tier in
   * random order, one that answered moves to the front of its tier. A better one that failed is
   * tried again when its back-off is over.
   */
  static Strategy tiers() {
    return new Tiers();
  }

  /**
   * This many at a time, those of the best health; when one fails, the next best takes its place.
   *
   * @param trackers 1 or more
   * @throws IllegalArgumentException if fewer
   */
  static Strategy some(int trackers) {
    return new Some(trackers);
  }

  /** See {@link Strategy#all()}. */
  record All() implements Strategy {}

  /** See {@link Strategy#tiers()}. */
  record Tiers() implements Strategy {}

  /**
   * See {@link Strategy#some(int)}.
   *
   * @param trackers 1 or more
   */
  record Some(int trackers) implements Strategy {
    /** Checks the number. */
    public Some {
      if (trackers < 1) {
        throw new IllegalArgumentException("at least one tracker, trackers=" + trackers);
      }
    }
  }
}
