package dev.muster.server.observe;

import dev.muster.protocol.announce.Refusal;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * What one door counts. All methods may be called from any thread, cost some ten nanoseconds, and
 * allocate nothing.
 */
public final class DoorMeter {
  private final String door;
  private final LongAdder ipv4Announces = new LongAdder();
  private final LongAdder ipv6Announces = new LongAdder();
  private final LongAdder scrapes = new LongAdder();
  private final LongAdder connects = new LongAdder();
  private final LongAdder peersGiven = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder bytesReceived = new LongAdder();
  private final LongAdder bytesSent = new LongAdder();
  private final LongAdder connections = new LongAdder();
  private final LongAdder[] refusals = new LongAdder[Refusal.values().length];
  private final LatencyHistogram latency = new LatencyHistogram();
  private volatile Supplier<ReceiveQueues> queues = () -> ReceiveQueues.UNKNOWN;

  /**
   * @param door the name on the metrics: {@code http}, {@code udp}
   */
  public DoorMeter(String door) {
    this.door = door;
    for (int i = 0; i < refusals.length; i++) {
      refusals[i] = new LongAdder();
    }
  }

  /** The name on the metrics. */
  public String door() {
    return door;
  }

  /** An announce was answered with this many peers. */
  public void announce(boolean ipv6, int peers) {
    (ipv6 ? ipv6Announces : ipv4Announces).increment();
    peersGiven.add(peers);
  }

  /** A scrape was answered. */
  public void scrape() {
    scrapes.increment();
  }

  /** A UDP connect was answered. */
  public void connect() {
    connects.increment();
  }

  /** A request was refused, and its sender told so. */
  public void refuse(Refusal refusal) {
    refusals[refusal.ordinal()].increment();
  }

  /** Something was dropped without an answer. */
  public void drop() {
    dropped.increment();
  }

  /** So many things were dropped without an answer, 0 and up. */
  public void drop(int count) {
    dropped.add(count);
  }

  /** The time from a request's last byte read to its answer handed to the system. */
  public void took(long nanos) {
    latency.record(nanos);
  }

  /**
   * The same for all the answers of a batch at once.
   *
   * @param nanos from the last byte of the batch read to its answers handed to the system
   * @param answers how many, 0 and up
   */
  public void took(long nanos, int answers) {
    latency.record(nanos, answers);
  }

  /** Bytes of requests were read; may be told once for a whole batch. */
  public void received(long bytes) {
    bytesReceived.add(bytes);
  }

  /** Bytes of answers were handed to the system; may be told once for a whole batch. */
  public void sent(long bytes) {
    bytesSent.add(bytes);
  }

  /** A connection was accepted and will be served. */
  public void opened() {
    connections.increment();
  }

  /** A connection that was {@link #opened} is no more. */
  public void closed() {
    connections.decrement();
  }

  /**
   * From now on this tells what waits at the door's sockets; it may be called from any thread, a
   * few times a minute.
   */
  public void watch(Supplier<ReceiveQueues> queues) {
    this.queues = queues;
  }

  /** What waits at the door's sockets; unknown unless they are watched. */
  public ReceiveQueues queues() {
    return queues.get();
  }

  /** Announces answered so far, of one family. */
  public long announces(boolean ipv6) {
    return (ipv6 ? ipv6Announces : ipv4Announces).sum();
  }

  /** Scrapes answered so far. */
  public long scrapes() {
    return scrapes.sum();
  }

  /** Connects answered so far. */
  public long connects() {
    return connects.sum();
  }

  /** Peers given so far, in all announces. */
  public long peersGiven() {
    return peersGiven.sum();
  }

  /** Things dropped without an answer so far. */
  public long dropped() {
    return dropped.sum();
  }

  /** Bytes of requests read so far. */
  public long bytesReceived() {
    return bytesReceived.sum();
  }

  /** Bytes of answers sent so far. */
  public long bytesSent() {
    return bytesSent.sum();
  }

  /** Connections open now; 0 at a door without connections. */
  public long connections() {
    return connections.sum();
  }

  /** Requests refused so far for this reason. */
  public long refused(Refusal refusal) {
    return refusals[refusal.ordinal()].sum();
  }

  /** How long answers took. */
  public LatencyHistogram latency() {
    return latency;
  }
}
