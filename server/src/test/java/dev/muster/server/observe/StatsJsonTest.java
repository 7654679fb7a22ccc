package dev.muster.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.announce.Refusal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class StatsJsonTest {
  @Test
  void theDocumentedFieldsAreTheOnesThereAre() throws Exception {
    try (var port = new OperatorFixture()) {
      Set<String> documented = new TreeSet<>();
      for (var row : OperatingDocs.table("stats.json")) {
        documented.addAll(row.code(0));
      }
      Set<String> there =
          read(port).keySet().stream()
              .map(path -> path.replaceAll("\\[[0-9]+\\]", "[]"))
              .map(path -> path.replaceFirst("refusals\\..*", "refusals.*"))
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(there).isEqualTo(documented);
    }
  }

  @Test
  void itTellsWhatThereIs() throws Exception {
    try (var port = new OperatorFixture()) {
      port.now = port.now.plusSeconds(20);
      for (int i = 0; i < 10; i++) {
        port.udp.announce(false, 5);
        port.udp.took(1500);
      }
      port.http.refuse(Refusal.NOT_FOUND);

      Map<String, String> stats = read(port);

      assertThat(stats)
          .containsEntry("version", "1.2.3")
          .containsEntry("started", "2026-11-22T15:00:00Z")
          .containsEntry("time", "2026-11-22T15:00:20Z")
          .containsEntry("uptime_seconds", "20.0")
          .containsEntry("healthy", "true")
          .containsEntry("announce_urls[1]", "http://[::1]:6969/announce?<&>")
          .containsEntry("swarms.live", "11")
          .containsEntry("swarms.empty", "12")
          .containsEntry("swarms.memory_bytes", "1900")
          .containsEntry("peers.total", "93")
          .containsEntry("peers.expired", "20")
          .containsEntry("peers.ipv4.seeders", "13")
          .containsEntry("peers.session.leechers", "18")
          .containsEntry("tls.certificate_expiry", "2026-11-23T15:00:00Z")
          .containsEntry("tls.failed_reloads", "3")
          .containsEntry("doors[0].door", "udp")
          .containsEntry("doors[0].announces.ipv4", "10")
          .containsEntry("doors[0].announces.ipv6", "0")
          .containsEntry("doors[0].peers_given", "50")
          .containsEntry("doors[0].last_minute.announces_per_second", "0.5")
          .containsEntry("doors[0].last_minute.request_seconds.p50", "1.5E-6")
          .containsEntry("doors[1].door", "http")
          .containsEntry("doors[1].refusals.not_found", "1")
          .containsEntry("doors[1].refusals.port", "0")
          .containsEntry("doors[1].last_minute.refusals_per_second", "0.05")
          .containsEntry("doors[1].last_minute.request_seconds.p99", "null");
    }
  }

  @Test
  void withoutACertificateItTellsNothingOfOne() throws Exception {
    try (var port = new OperatorFixture()) {
      port.certificate = Optional.empty();
      assertThat(read(port))
          .containsEntry("tls.certificate_expiry", "null")
          .containsEntry("tls.failed_reloads", "null");
    }
  }

  /** Every scalar of the object by its path; fails if it is not JSON or names a field twice. */
  private static Map<String, String> read(OperatorFixture port) throws Exception {
    Map<String, String> fields = new TreeMap<>();
    try (JsonParser json =
        new JsonFactory().createParser(ObjectReadContext.empty(), port.get("/stats.json").body())) {
      assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token.isScalarValue()) {
          String where = json.streamReadContext().pathAsPointer().toString();
          String name = where.substring(1).replaceAll("/([0-9]+)", "[$1]").replace('/', '.');
          assertThat(fields.put(name, json.getString())).as(name).isNull();
        }
      }
    }
    return fields;
  }
}
