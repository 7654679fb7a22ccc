package dev.muster.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator, once each way, when the swarms' memory runs short and when there is room
 * again. Belongs to one thread.
 */
final class MemoryWatch {
  private static final Logger log = LoggerFactory.getLogger(MemoryWatch.class);

  private final Logger told;
  private final long most;
  private boolean isShort;

  /**
   * @param most bytes, {@code swarms.memory}
   */
  MemoryWatch(long most) {
    this(log, most);
  }

  MemoryWatch(Logger told, long most) {
    this.told = told;
    this.most = most;
  }

  /**
   * Looks at how much is used now: from 90 % on new swarms are refused, first to those who open the
   * most.
   *
   * @param used bytes
   */
  void look(long used) {
    if (!isShort && used >= most - most / 10) {
      isShort = true;
      told.warn(
          "the swarms' memory runs short: {} of {} bytes (swarms.memory); new swarms are refused",
          used,
          most);
    } else if (isShort && used < most - most / 5) {
      isShort = false;
      told.info("the swarms' memory has room again: {} of {} bytes", used, most);
    }
  }
}
