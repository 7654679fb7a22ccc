package dev.muster.checks.compare;

/**
 * What some seconds of load on one tracker found.
 *
 * @param counts the generator's
 * @param cpu the tracker's processor time
 */
record Window(Counts counts, ProcessCpu cpu) {
  double perSecond() {
    return counts.answered() / counts.seconds();
  }

  /** Microseconds of processor time a response. */
  double cpuMicros() {
    return userMicros() + systemMicros();
  }

  double userMicros() {
    return cpu.userNanos() / 1000.0 / Math.max(1, counts.answered());
  }

  double systemMicros() {
    return cpu.systemNanos() / 1000.0 / Math.max(1, counts.answered());
  }

  double peers() {
    return counts.peers() / (double) Math.max(1, counts.answered());
  }
}
