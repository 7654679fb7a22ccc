/**
 * Honest load: {@link dev.muster.checks.load.Bench} starts a tracker, lets many peers announce to
 * it over UDP or HTTP, and reports what a response cost.
 *
 * <p>Announces get their peers; hashes are drawn by Zipf's law, so that some swarms are large and
 * most are small; peers are distinct address and port pairs from several loopback addresses; what
 * happens while the server warms up is not counted. One thread sends and receives, so on two cores
 * the server has the other one.
 */
@NullMarked
package dev.muster.checks.load;

import org.jspecify.annotations.NullMarked;
