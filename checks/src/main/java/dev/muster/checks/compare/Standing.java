package dev.muster.checks.compare;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How a contender did: medians over its windows, and medians of what Muster did in the same round
 * over what it did. A number that was not measured is NaN.
 *
 * @param load the door's word
 * @param name of the contender
 * @param perSecond responses, as many as it could give
 * @param userMicros processor time a response, in its own code
 * @param systemMicros processor time a response, in the kernel's
 * @param cpuRatio Muster's processor time a response over its
 * @param speedRatio Muster's responses a second over its
 * @param peers a response
 * @param bytesPerPeer resident, above itself with empty tables
 * @param failed requests refused or lost, a thousand
 * @param rate requests a second of the second part
 * @param carried responses a second in the second part
 * @param p50Micros latency in the second part, from when a request was due
 * @param p99Micros the same
 * @param p999Micros the same
 * @param p99Ratio Muster's over its
 */
record Standing(
    String load,
    String name,
    double perSecond,
    double userMicros,
    double systemMicros,
    double cpuRatio,
    double speedRatio,
    double peers,
    double bytesPerPeer,
    double failed,
    double rate,
    double carried,
    double p50Micros,
    double p99Micros,
    double p999Micros,
    double p99Ratio) {

  /** Below this part of the rate it did not carry the load, and its latencies say only that. */
  private static final double CARRIES = 0.97;

  /**
   * @param full windows of the first part, by round
   * @param paced windows of the second part, by round
   * @param musterFull Muster's windows of the same rounds
   * @param musterPaced Muster's
   */
  static Standing of(
      Door door,
      String name,
      List<Window> full,
      List<Window> paced,
      double rate,
      List<Window> musterFull,
      List<Window> musterPaced,
      double bytesPerPeer) {
    return new Standing(
        door.word,
        name,
        Median.of(full, Window::perSecond),
        Median.of(full, Window::userMicros),
        Median.of(full, Window::systemMicros),
        ratio(musterFull, full, Window::cpuMicros),
        ratio(musterFull, full, Window::perSecond),
        Median.of(full, Window::peers),
        bytesPerPeer,
        Median.of(full, Standing::failed),
        rate,
        Median.of(paced, Window::perSecond),
        Median.of(paced, window -> window.counts().p50() / 1000.0),
        Median.of(paced, window -> window.counts().p99() / 1000.0),
        Median.of(paced, window -> window.counts().p999() / 1000.0),
        ratio(musterPaced, paced, window -> window.counts().p99()));
  }

  boolean carries() {
    return carried >= CARRIES * rate;
  }

  private static double failed(Window window) {
    long failed = window.counts().refused() + window.counts().lost();
    return 1000.0 * failed / Math.max(1, failed + window.counts().answered());
  }

  /** Round by round, since the machine is not as fast in one as in another. */
  private static double ratio(
      List<Window> muster, List<Window> its, ToDoubleFunction<Window> number) {
    return Median.of(
        IntStream.range(0, Math.min(muster.size(), its.size())).boxed().toList(),
        i -> number.applyAsDouble(muster.get(i)) / number.applyAsDouble(its.get(i)));
  }
}
