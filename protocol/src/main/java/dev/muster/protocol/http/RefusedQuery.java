package dev.muster.protocol.http;

import dev.muster.protocol.announce.Refusal;

/**
 * A request that cannot be answered.
 *
 * @param reason why, for the counters
 * @param sentence why, for the caller: printable ASCII, with the offending value
 */
public record RefusedQuery(Refusal reason, String sentence) implements HttpQuery {}
