package dev.muster.client;

import dev.muster.protocol.id.Address;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What all memberships of a client share.
 *
 * @param time what time it is
 * @param timers what is to be done later
 * @param random thread-safe
 * @param exchanges asks trackers
 * @param application runs what belongs to the application, which may take its time
 * @param events hears of everything; never blocks
 * @param health what is known of a tracker
 * @param addresses this machine's own
 * @param settings what the application chose
 */
record Engine(
    Time time,
    Timers timers,
    RandomGenerator random,
    Exchanges exchanges,
    Executor application,
    Consumer<TrackerEvent> events,
    Function<URI, Health> health,
    Supplier<Set<Address>> addresses,
    Settings settings) {}
