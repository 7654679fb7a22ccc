/** The client against trackers that are played, in time that is turned by hand. */
@NullMarked
package dev.muster.client;

import org.jspecify.annotations.NullMarked;
