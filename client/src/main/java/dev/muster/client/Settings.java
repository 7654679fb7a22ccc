package dev.muster.client;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** What the application chose. */
record Settings(
    List<URI> builtIn,
    PeerCache cache,
    Duration acceptedAge,
    Duration unreachableFor,
    Strategy strategy,
    int numwant,
    Duration closeWithin,
    int exchangesAtOnce) {}
