package dev.muster.client;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * What a client thinks of a tracker, over all the swarms it asked it about.
 *
 * @param tracker which
 * @param score 0 (useless) to 1: reliability times honesty, less for a slow one
 * @param latency how long its answers take, averaged, the newest counting most; nothing before the
 *     first
 * @param reliability the share of questions answered, the newest counting most; 0 to 1
 * @param honesty the share of its peers that were reached or that other trackers named too, among
 *     all that could be judged; 0 to 1
 * @param answers how many it gave
 * @param failures how many questions it left unanswered
 */
public record TrackerStatus(
    URI tracker,
    double score,
    Optional<Duration> latency,
    double reliability,
    double honesty,
    long answers,
    long failures) {}
