/**
 * Programs that do less than a tracker, to show what the rest of the work costs: {@link
 * dev.muster.checks.floor.BareNetty} is Netty's part of an HTTP answer.
 */
@NullMarked
package dev.muster.checks.floor;

import org.jspecify.annotations.NullMarked;
