package dev.muster.server.observe;

import dev.muster.protocol.announce.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the meters of one name had counted at one instant, or between two.
 *
 * @param door the name on the metrics
 * @param announcesIpv4 announces answered to IPv4 peers
 * @param announcesIpv6 announces answered to IPv6 peers
 * @param scrapes scrapes answered
 * @param connects UDP connects answered
 * @param peersGiven peers given in all announces
 * @param dropped things dropped without an answer
 * @param bytesReceived bytes of requests
 * @param bytesSent bytes of answers
 * @param receiveBufferBytes of all sockets at that instant; between two, at the later; -1 if not
 *     known
 * @param lost packets that came while a receive buffer was full; -1 if not known
 * @param connections connections open at that instant; between two, at the later
 * @param refusals requests refused, by {@link Refusal#ordinal()}
 * @param latencies how long answers took
 */
record DoorCounts(
    String door,
    long announcesIpv4,
    long announcesIpv6,
    long scrapes,
    long connects,
    long peersGiven,
    long dropped,
    long bytesReceived,
    long bytesSent,
    long receiveBufferBytes,
    long lost,
    long connections,
    List<Long> refusals,
    Latencies latencies) {

  DoorCounts {
    refusals = List.copyOf(refusals);
  }

  /** Reads all meters; those of the same name become one. */
  static List<DoorCounts> of(List<DoorMeter> meters) {
    Map<String, DoorCounts> byName = new LinkedHashMap<>();
    for (DoorMeter meter : meters) {
      byName.merge(meter.door(), of(meter), DoorCounts::plus);
    }
    return List.copyOf(byName.values());
  }

  private static DoorCounts of(DoorMeter meter) {
    List<Long> refusals = new ArrayList<>();
    for (Refusal refusal : Refusal.values()) {
      refusals.add(meter.refused(refusal));
    }
    ReceiveQueues queues = meter.queues();
    return new DoorCounts(
        meter.door(),
        meter.announces(false),
        meter.announces(true),
        meter.scrapes(),
        meter.connects(),
        meter.peersGiven(),
        meter.dropped(),
        meter.bytesReceived(),
        meter.bytesSent(),
        queues.bytes(),
        queues.lost(),
        meter.connections(),
        refusals,
        Latencies.of(meter.latency()));
  }

  /** Announces of both families. */
  long announces() {
    return announcesIpv4 + announcesIpv6;
  }

  /** Requests refused for this reason. */
  long refused(Refusal refusal) {
    return refusals.get(refusal.ordinal());
  }

  /** Requests refused for any reason. */
  long refused() {
    return refusals.stream().mapToLong(Long::longValue).sum();
  }

  /** What has been counted since an earlier reading of the same door. */
  DoorCounts minus(DoorCounts earlier) {
    return combine(
        earlier,
        -1,
        connections,
        receiveBufferBytes,
        lost < 0 ? -1 : lost - Math.max(0, earlier.lost));
  }

  private DoorCounts plus(DoorCounts other) {
    return combine(
        other,
        1,
        connections + other.connections,
        together(receiveBufferBytes, other.receiveBufferBytes),
        together(lost, other.lost));
  }

  /** The sum of those that are known. */
  private static long together(long a, long b) {
    return a < 0 ? b : b < 0 ? a : a + b;
  }

  private DoorCounts combine(
      DoorCounts other, int sign, long connections, long receiveBufferBytes, long lost) {
    List<Long> refused = new ArrayList<>();
    for (int i = 0; i < refusals.size(); i++) {
      refused.add(refusals.get(i) + sign * other.refusals.get(i));
    }
    return new DoorCounts(
        door,
        announcesIpv4 + sign * other.announcesIpv4,
        announcesIpv6 + sign * other.announcesIpv6,
        scrapes + sign * other.scrapes,
        connects + sign * other.connects,
        peersGiven + sign * other.peersGiven,
        dropped + sign * other.dropped,
        bytesReceived + sign * other.bytesReceived,
        bytesSent + sign * other.bytesSent,
        receiveBufferBytes,
        lost,
        connections,
        refused,
        sign > 0 ? latencies.plus(other.latencies) : latencies.minus(other.latencies));
  }
}
