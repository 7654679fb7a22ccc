/**
 * The announce, whatever door it came through: one meaning, two carriers.
 *
 * <p>{@link dev.muster.protocol.announce.Announce} is an interface of primitive accessors. HTTP,
 * WebSocket and the client carry it as the record {@link
 * dev.muster.protocol.announce.AnnounceRequest}; UDP carries it as one reused flyweight per thread
 * over the receive buffer. {@link dev.muster.protocol.announce.Refusal} names what can be wrong
 * with a request.
 */
@NullMarked
package dev.muster.protocol.announce;

import org.jspecify.annotations.NullMarked;
