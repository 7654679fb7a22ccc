package dev.muster.server.observe;

import java.util.Map;
import java.util.TreeMap;

/** What the operator's port counts about itself. Belongs to its thread. */
final class OperatorMeter {
  /** All that this port answers with, so that each is there at zero before it first happens. */
  private static final int[] STATUSES = {200, 400, 401, 403, 404, 405, 413, 414, 431, 500, 503};

  private final Map<Integer, Long> answers = new TreeMap<>();
  private long displaced;
  private long timedOut;

  OperatorMeter() {
    for (int status : STATUSES) {
      answers.put(status, 0L);
    }
  }

  /** A request was answered with this status. */
  void answered(int status) {
    answers.merge(status, 1L, Long::sum);
  }

  /** A connection was closed because there were too many. */
  void displace() {
    displaced++;
  }

  /** A connection was closed because its request or answer took too long, or none came. */
  void timeOut() {
    timedOut++;
  }

  /** Requests answered so far, by status. */
  Map<Integer, Long> answers() {
    return answers;
  }

  /** Connections closed so far because there were too many. */
  long displaced() {
    return displaced;
  }

  /** Connections closed so far because of their time. */
  long timedOut() {
    return timedOut;
  }
}
