package dev.muster.swarm;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What the tables of all stripes take together, and what may still be added.
 *
 * <pre>
 *   0 %                    50 %                  90 %                    95 %                100 %
 *   | all is admitted      | and swarms counted  | heavy prefixes open   | no new swarms,    | refreshes
 *   |                      | by address prefix   | no new swarms         | new peers of old  | only
 * </pre>
 */
final class MemoryBudget {
  private final AtomicLong used = new AtomicLong();
  private final long most;

  MemoryBudget(long mostBytes) {
    this.most = mostBytes;
  }

  /** For the meters of the stripes. */
  AtomicLong counter() {
    return used;
  }

  long used() {
    return used.get();
  }

  /** Whether it is time to count who opens swarms. */
  boolean isHalfUsed() {
    return used.get() >= most / 2;
  }

  /** Whether heavy prefixes may open no more swarms, and counts without members are dropped. */
  boolean isTight() {
    return used.get() >= most - most / 10;
  }

  boolean admitsSwarms() {
    return used.get() < most - most / 20;
  }

  boolean admitsPeers() {
    return used.get() < most;
  }
}
