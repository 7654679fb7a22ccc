/** The bench's own pieces: what is drawn, counted and shown. No tracker is started. */
@NullMarked
package dev.muster.checks.compare;

import org.jspecify.annotations.NullMarked;
