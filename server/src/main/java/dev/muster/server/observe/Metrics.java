package dev.muster.server.observe;

import dev.muster.protocol.announce.Refusal;
import dev.muster.swarm.SwarmsTotals;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.lang.management.MemoryUsage;
import java.util.function.ToLongFunction;

/**
 * A reading as metrics, by the conventions of Prometheus: base units, {@code _total} on what only
 * grows, {@code process_} and {@code jvm_} names as other Java programs have them.
 *
 * <p>Every name stands in {@code docs/operating.md}; a test compares the two. A series exists from
 * the start, at zero, so that the first refusal shows as an increase.
 */
final class Metrics {
  private final Reading reading;
  private final MetricSnapshots.Builder metrics = MetricSnapshots.builder();

  private Metrics(Reading reading) {
    this.reading = reading;
  }

  static MetricSnapshots of(Reading reading, OperatorMeter operator) {
    Metrics all = new Metrics(reading);
    all.tracker();
    all.swarms(reading.totals());
    all.doors();
    reading.certificate().ifPresent(all::certificate);
    all.operator(operator);
    all.process(reading.process());
    return all.metrics.build();
  }

  private void tracker() {
    metrics.metricSnapshot(
        InfoSnapshot.builder()
            .name("muster_build")
            .help("The version that runs.")
            .dataPoint(
                InfoDataPointSnapshot.builder()
                    .labels(Labels.of("version", reading.version()))
                    .build())
            .build());
    gauge(
        "muster_doors_up",
        "1 once all doors are open, 0 before and from when the tracker closes.",
        reading.healthy() ? 1 : 0);
  }

  private void swarms(SwarmsTotals totals) {
    gauge("muster_swarms", "Swarms with at least one member.", totals.swarms());
    gauge(
        "muster_empty_swarms",
        "Swarms without a member, of which only the completions are kept.",
        totals.countsOnly());
    var peers =
        GaugeSnapshot.builder()
            .name("muster_peers")
            .help("Members of all swarms: seeders lack nothing, leechers lack something.");
    peers(peers, "ipv4", totals.ipv4Seeders(), totals.ipv4Leechers());
    peers(peers, "ipv6", totals.ipv6Seeders(), totals.ipv6Leechers());
    peers(peers, "session", totals.sessionSeeders(), totals.sessionLeechers());
    metrics.metricSnapshot(peers.build());
    counter(
        "muster_expired_peers",
        "Members forgotten because they had not come back in time.",
        totals.expired());
    gauge(
        "muster_swarm_memory_bytes",
        "Memory of the swarms' tables, free room in them included.",
        totals.memoryBytes());
  }

  private static void peers(
      GaugeSnapshot.Builder peers, String family, long seeders, long leechers) {
    peers.dataPoint(point(seeders, "family", family, "kind", "seeder"));
    peers.dataPoint(point(leechers, "family", family, "kind", "leecher"));
  }

  private void doors() {
    var announces = CounterSnapshot.builder().name("muster_announces").help("Announces answered.");
    var refusals =
        CounterSnapshot.builder()
            .name("muster_refusals")
            .help("Requests refused, and their senders told so, by reason.");
    var latency =
        HistogramSnapshot.builder()
            .name("muster_request_seconds")
            .help("From a request's last byte read to its answer handed to the system.");
    for (DoorCounts door : reading.doors()) {
      announces.dataPoint(count(door.announcesIpv4(), "door", door.door(), "family", "ipv4"));
      announces.dataPoint(count(door.announcesIpv6(), "door", door.door(), "family", "ipv6"));
      for (Refusal reason : Refusal.values()) {
        refusals.dataPoint(
            count(door.refused(reason), "door", door.door(), "reason", reason.label()));
      }
      latency.dataPoint(
          HistogramDataPointSnapshot.builder()
              .labels(Labels.of("door", door.door()))
              .classicHistogramBuckets(buckets(door.latencies()))
              .sum(door.latencies().sumNanos() / 1e9)
              .build());
    }
    metrics.metricSnapshot(announces.build());
    eachDoor("muster_scrapes", "Scrapes answered.", DoorCounts::scrapes);
    eachDoor("muster_connects", "UDP connects answered.", DoorCounts::connects);
    eachDoor("muster_peers_given", "Peers given in answers.", DoorCounts::peersGiven);
    metrics.metricSnapshot(refusals.build());
    eachDoor("muster_dropped", "Requests dropped without an answer.", DoorCounts::dropped);
    eachDoor("muster_received_bytes", "Bytes of requests read.", DoorCounts::bytesReceived);
    eachDoor("muster_sent_bytes", "Bytes of answers sent.", DoorCounts::bytesSent);
    var connections =
        GaugeSnapshot.builder().name("muster_connections").help("Connections open now.");
    reading.doors().forEach(d -> connections.dataPoint(point(d.connections(), "door", d.door())));
    metrics.metricSnapshot(connections.build());
    var buffers =
        GaugeSnapshot.builder()
            .name("muster_receive_buffer_bytes")
            .help("Receive buffers of all sockets, as the system counts them.");
    var lost =
        CounterSnapshot.builder()
            .name("muster_lost")
            .help("Packets the system threw away because a receive buffer was full.");
    for (DoorCounts door : reading.doors()) {
      if (door.lost() >= 0) {
        buffers.dataPoint(point(door.receiveBufferBytes(), "door", door.door()));
        lost.dataPoint(count(door.lost(), "door", door.door()));
      }
    }
    metrics.metricSnapshot(buffers.build());
    metrics.metricSnapshot(lost.build());
    metrics.metricSnapshot(latency.build());
  }

  private void certificate(CertificateFacts facts) {
    gauge(
        "muster_tls_certificate_expiry_timestamp_seconds",
        "When the certificate ends, in seconds since 1970.",
        facts.expiry().getEpochSecond());
    counter(
        "muster_tls_failed_reloads",
        "Changes of the certificate's files that could not be used.",
        facts.failedReloads());
  }

  private void eachDoor(String name, String help, ToLongFunction<DoorCounts> value) {
    var counter = CounterSnapshot.builder().name(name).help(help);
    reading
        .doors()
        .forEach(door -> counter.dataPoint(count(value.applyAsLong(door), "door", door.door())));
    metrics.metricSnapshot(counter.build());
  }

  private static ClassicHistogramBuckets buckets(Latencies latencies) {
    var buckets = ClassicHistogramBuckets.builder();
    for (int i = 0; i < LatencyHistogram.BUCKETS; i++) {
      long bound = LatencyHistogram.upperBoundNanos(i);
      buckets.bucket(
          bound == Long.MAX_VALUE ? Double.POSITIVE_INFINITY : bound / 1e9,
          latencies.counts().get(i));
    }
    return buckets.build();
  }

  private void operator(OperatorMeter operator) {
    var requests =
        CounterSnapshot.builder()
            .name("muster_operator_requests")
            .help("Requests answered at the operator's port, by HTTP status.");
    operator.answers().forEach((code, n) -> requests.dataPoint(count(n, "code", "" + code)));
    metrics.metricSnapshot(requests.build());
    metrics.metricSnapshot(
        CounterSnapshot.builder()
            .name("muster_operator_closed_connections")
            .help("Connections to the operator's port closed by a limit.")
            .dataPoint(count(operator.displaced(), "limit", "connections"))
            .dataPoint(count(operator.timedOut(), "limit", "timeout"))
            .build());
  }

  private void process(ProcessFacts process) {
    gauge(
        "process_start_time_seconds",
        "When the tracker began to answer, in seconds since 1970.",
        reading.started().toEpochMilli() / 1e3);
    if (process.cpuNanos() >= 0) {
      counter("process_cpu_seconds", "CPU time of the process.", process.cpuNanos() / 1e9);
    }
    if (process.residentBytes() >= 0) {
      gauge(
          "process_resident_memory_bytes",
          "Memory of the process that is in RAM.",
          process.residentBytes());
    }
    memory("jvm_memory_used_bytes", "Memory the JVM uses.", MemoryUsage::getUsed);
    memory("jvm_memory_committed_bytes", "Memory the JVM has taken.", MemoryUsage::getCommitted);
    memory("jvm_memory_max_bytes", "Memory the JVM may take; -1: no limit.", MemoryUsage::getMax);
    var collections =
        SummarySnapshot.builder()
            .name("jvm_gc_collection_seconds")
            .help("Garbage collections and the time they took.");
    for (var collector : process.collections()) {
      collections.dataPoint(
          SummaryDataPointSnapshot.builder()
              .labels(Labels.of("gc", collector.collector()))
              .count(collector.count())
              .sum(collector.millis() / 1e3)
              .build());
    }
    metrics.metricSnapshot(collections.build());
    gauge("jvm_threads_current", "Platform threads.", process.threads());
  }

  private void memory(String name, String help, ToLongFunction<MemoryUsage> value) {
    ProcessFacts process = reading.process();
    metrics.metricSnapshot(
        GaugeSnapshot.builder()
            .name(name)
            .help(help)
            .dataPoint(point(value.applyAsLong(process.heap()), "area", "heap"))
            .dataPoint(point(value.applyAsLong(process.nonHeap()), "area", "nonheap"))
            .build());
  }

  private void gauge(String name, String help, double value) {
    metrics.metricSnapshot(
        GaugeSnapshot.builder().name(name).help(help).dataPoint(point(value)).build());
  }

  private void counter(String name, String help, double value) {
    metrics.metricSnapshot(
        CounterSnapshot.builder().name(name).help(help).dataPoint(count(value)).build());
  }

  private static GaugeDataPointSnapshot point(double value, String... labels) {
    return GaugeDataPointSnapshot.builder().value(value).labels(Labels.of(labels)).build();
  }

  private static CounterDataPointSnapshot count(double value, String... labels) {
    return CounterDataPointSnapshot.builder().value(value).labels(Labels.of(labels)).build();
  }
}
