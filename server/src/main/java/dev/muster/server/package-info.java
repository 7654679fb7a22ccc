/**
 * The process, put together by hand: {@link dev.muster.server.TrackerServer} makes the store, the
 * one service, the doors and the operator's port from a configuration, and takes them down again.
 * {@code Doors} opens and closes, {@code Settings} makes of the configuration what each part wants
 * to know.
 *
 * <p>Only here are clocks and randomness made; everything else is handed them.
 */
@NullMarked
package dev.muster.server;

import org.jspecify.annotations.NullMarked;
