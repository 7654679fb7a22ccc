package dev.muster.swarm;

import dev.muster.protocol.announce.Announce;

/** Announces that are about to be made. Not thread-safe. */
public interface AnnounceBatch {
  /** How many, 0 and up. */
  int size();

  /**
   * One of them; it may be a view that is reused, and then is read before the next is asked for.
   *
   * @param index 0 to {@link #size()} - 1
   */
  Announce announce(int index);
}
