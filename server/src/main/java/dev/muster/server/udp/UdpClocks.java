package dev.muster.server.udp;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The clocks of a UDP door; read from any thread.
 *
 * @param seconds the service's: the same for every door, never runs backwards
 * @param nanos to measure with, never runs backwards
 * @param wall the time of day, by which connection ids outlive the process and are shared between
 *     nodes
 */
public record UdpClocks(LongSupplier seconds, LongSupplier nanos, InstantSource wall) {}
