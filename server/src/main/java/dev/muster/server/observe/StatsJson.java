package dev.muster.server.observe;

import dev.muster.protocol.announce.Refusal;
import dev.muster.swarm.SwarmsTotals;
import java.io.StringWriter;
import java.lang.management.MemoryUsage;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * {@code /stats.json}: a reading for programs. The names of its fields stay as they are, new ones
 * may come; all stand in {@code docs/operating.md}.
 */
final class StatsJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonGenerator json;

  private StatsJson(JsonGenerator json) {
    this.json = json;
  }

  static Reply of(Reading reading) {
    var text = new StringWriter(2048);
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      new StatsJson(json).reading(reading);
    }
    return Reply.ok("application/json", text.append('\n').toString());
  }

  private void reading(Reading reading) {
    json.writeStartObject();
    json.writeStringProperty("version", reading.version());
    json.writeStringProperty("started", reading.started().toString());
    json.writeStringProperty("time", reading.at().toString());
    json.writeNumberProperty("uptime_seconds", reading.uptime().toMillis() / 1e3);
    json.writeBooleanProperty("healthy", reading.healthy());
    json.writeArrayPropertyStart("announce_urls");
    reading.announceUrls().forEach(json::writeString);
    json.writeEndArray();
    swarms(reading.totals());
    json.writeArrayPropertyStart("doors");
    for (int i = 0; i < reading.doors().size(); i++) {
      door(reading, reading.doors().get(i), reading.lately().get(i));
    }
    json.writeEndArray();
    certificate(reading.certificate());
    process(reading.process());
    json.writeEndObject();
  }

  private void certificate(Optional<CertificateFacts> certificate) {
    json.writeObjectPropertyStart("tls");
    certificate.ifPresentOrElse(
        facts -> json.writeStringProperty("certificate_expiry", facts.expiry().toString()),
        () -> json.writeNullProperty("certificate_expiry"));
    known("failed_reloads", certificate.map(CertificateFacts::failedReloads).orElse(-1L));
    json.writeEndObject();
  }

  private void swarms(SwarmsTotals totals) {
    json.writeObjectPropertyStart("swarms");
    json.writeNumberProperty("live", totals.swarms());
    json.writeNumberProperty("empty", totals.countsOnly());
    json.writeNumberProperty("memory_bytes", totals.memoryBytes());
    json.writeEndObject();
    json.writeObjectPropertyStart("peers");
    json.writeNumberProperty("total", totals.members());
    json.writeNumberProperty("expired", totals.expired());
    family("ipv4", totals.ipv4Seeders(), totals.ipv4Leechers());
    family("ipv6", totals.ipv6Seeders(), totals.ipv6Leechers());
    family("session", totals.sessionSeeders(), totals.sessionLeechers());
    json.writeEndObject();
  }

  private void family(String name, long seeders, long leechers) {
    json.writeObjectPropertyStart(name);
    json.writeNumberProperty("seeders", seeders);
    json.writeNumberProperty("leechers", leechers);
    json.writeEndObject();
  }

  private void door(Reading reading, DoorCounts door, DoorCounts lately) {
    json.writeStartObject();
    json.writeStringProperty("door", door.door());
    json.writeObjectPropertyStart("announces");
    json.writeNumberProperty("ipv4", door.announcesIpv4());
    json.writeNumberProperty("ipv6", door.announcesIpv6());
    json.writeEndObject();
    json.writeNumberProperty("scrapes", door.scrapes());
    json.writeNumberProperty("connects", door.connects());
    json.writeNumberProperty("peers_given", door.peersGiven());
    json.writeObjectPropertyStart("refusals");
    for (Refusal reason : Refusal.values()) {
      json.writeNumberProperty(reason.label(), door.refused(reason));
    }
    json.writeEndObject();
    json.writeNumberProperty("dropped", door.dropped());
    known("lost", door.lost());
    known("receive_buffer_bytes", door.receiveBufferBytes());
    json.writeNumberProperty("bytes_received", door.bytesReceived());
    json.writeNumberProperty("bytes_sent", door.bytesSent());
    json.writeNumberProperty("connections", door.connections());
    lately(reading, lately);
    json.writeEndObject();
  }

  private void lately(Reading reading, DoorCounts lately) {
    json.writeObjectPropertyStart("last_minute");
    json.writeNumberProperty("announces_per_second", reading.perSecond(lately.announces()));
    json.writeNumberProperty("scrapes_per_second", reading.perSecond(lately.scrapes()));
    json.writeNumberProperty("connects_per_second", reading.perSecond(lately.connects()));
    json.writeNumberProperty("refusals_per_second", reading.perSecond(lately.refused()));
    json.writeNumberProperty("dropped_per_second", reading.perSecond(lately.dropped()));
    json.writeObjectPropertyStart("request_seconds");
    seconds("p50", lately.latencies().quantile(0.5));
    seconds("p99", lately.latencies().quantile(0.99));
    seconds("p999", lately.latencies().quantile(0.999));
    json.writeEndObject();
    json.writeEndObject();
  }

  private void seconds(String name, double seconds) {
    if (Double.isNaN(seconds)) {
      json.writeNullProperty(name);
    } else {
      json.writeNumberProperty(name, seconds);
    }
  }

  private void process(ProcessFacts process) {
    json.writeObjectPropertyStart("process");
    seconds("cpu_seconds", process.cpuNanos() < 0 ? Double.NaN : process.cpuNanos() / 1e9);
    known("resident_bytes", process.residentBytes());
    memory("heap", process.heap());
    memory("non_heap", process.nonHeap());
    json.writeNumberProperty("threads", process.threads());
    json.writeEndObject();
  }

  private void memory(String name, MemoryUsage usage) {
    json.writeObjectPropertyStart(name);
    json.writeNumberProperty("used_bytes", usage.getUsed());
    json.writeNumberProperty("committed_bytes", usage.getCommitted());
    known("max_bytes", usage.getMax());
    json.writeEndObject();
  }

  /** A number, or null where it is below zero, which stands for not known or no limit. */
  private void known(String name, long value) {
    if (value < 0) {
      json.writeNullProperty(name);
    } else {
      json.writeNumberProperty(name, value);
    }
  }
}
