package dev.muster.server.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.muster.protocol.announce.Refusal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTest {
  private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";

  /** One line of the text format: name, labels, value. */
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-z_]+)(?:\\{((?:[a-z]+=\"[^\"\\\\\\n]*\",?)*)\\})? (-?[0-9.E+-]+|[+-]Inf|NaN)");

  /** What a scrape said. */
  private record Scrape(
      Map<String, String> help,
      Map<String, String> type,
      Map<String, Set<String>> labels,
      Map<String, Double> samples) {

    double of(String series) {
      return samples.getOrDefault(series, Double.NaN); // equal to nothing
    }
  }

  private static Scrape scrape(OperatorFixture port, String accept) throws Exception {
    var scrape = new Scrape(new TreeMap<>(), new TreeMap<>(), new HashMap<>(), new HashMap<>());
    String body = port.ask(OperatorFixture.get("/metrics", "Accept: " + accept + "\r\n")).body();
    for (String line : body.split("\n")) {
      if (line.startsWith("# HELP ")) {
        String[] words = line.split(" ", 4);
        assertThat(scrape.help().put(words[2], words[3])).as("a second HELP").isNull();
      } else if (line.startsWith("# TYPE ")) {
        String[] words = line.split(" ", 4);
        assertThat(scrape.type().put(words[2], words[3])).as("a second TYPE").isNull();
      } else if (!line.startsWith("#")) {
        sample(scrape, line);
      }
    }
    return scrape;
  }

  private static void sample(Scrape scrape, String line) {
    Matcher sample = SAMPLE.matcher(line);
    assertThat(sample.matches()).as(line).isTrue();
    String name = sample.group(1);
    String labels = sample.group(2) == null ? "" : sample.group(2);
    String series = labels.isEmpty() ? name : name + "{" + labels + "}";
    double value = Double.parseDouble(sample.group(3).replace("Inf", "Infinity"));
    assertThat(scrape.samples().put(series, value)).as("a second " + series).isNull();
    Set<String> names = scrape.labels().computeIfAbsent(name, n -> new TreeSet<>());
    Arrays.stream(labels.split(",")).map(l -> l.split("=", 2)[0]).forEach(names::add);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", OPEN_METRICS})
  void everySampleParsesAndEveryMetricHasHelpAndType(String accept) throws Exception {
    try (var port = new OperatorFixture()) {
      Scrape scrape = scrape(port, accept);
      assertThat(scrape.help().keySet()).isEqualTo(scrape.type().keySet());
      assertThat(scrape.help().values()).allMatch(help -> help.endsWith("."));
      for (String name : scrape.labels().keySet()) {
        assertThat(scrape.type()).as(name).containsKey(metricOf(scrape, name));
      }
    }
  }

  /** The metric a sample belongs to, without the suffix of its kind. */
  private static String metricOf(Scrape scrape, String sample) {
    return scrape.type().containsKey(sample)
        ? sample
        : sample.replaceFirst("_(bucket|sum|count|total|info)$", "");
  }

  @Test
  void whatTheSystemDoesNotTellIsLeftOut() throws Exception {
    try (var port = new OperatorFixture()) {
      assertThat(port.get("/metrics").body())
          .contains("muster_lost_total{door=\"udp\"} 7.0")
          .contains("muster_receive_buffer_bytes{door=\"udp\"} 8192.0")
          .doesNotContain("muster_lost_total{door=\"http\"}");
    }
  }

  @Test
  void theDocumentedMetricsAreTheOnesThereAre() throws Exception {
    try (var port = new OperatorFixture()) {
      Scrape scrape = scrape(port, "text/plain");
      Map<String, String> documented = new TreeMap<>();
      for (var row : OperatingDocs.table("Metrics")) {
        documented.put(row.code(0).getFirst(), row.cell(1));
      }
      assertThat(scrape.type()).isEqualTo(documented);
    }
  }

  @Test
  void theDocumentedLabelsAreTheOnesThereAre() throws Exception {
    try (var port = new OperatorFixture()) {
      Scrape scrape = scrape(port, "text/plain");
      for (var row : OperatingDocs.table("Metrics")) {
        String metric = row.code(0).getFirst();
        Set<String> there =
            scrape.labels().entrySet().stream()
                .filter(e -> metricOf(scrape, e.getKey()).equals(metric))
                .flatMap(e -> e.getValue().stream())
                .filter(label -> !label.isEmpty() && !label.equals("le"))
                .collect(Collectors.toSet());
        assertThat(there).as(metric).containsExactlyInAnyOrderElementsOf(row.code(2));
      }
    }
  }

  @Test
  void theDocumentedReasonsAreTheOnesThereAre() throws Exception {
    assertThat(OperatingDocs.table("Reasons"))
        .extracting(row -> row.code(0).getFirst())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Refusal.values()).map(Refusal::label).toList());
  }

  @Test
  void countersAddUpToWhatTheDoorsCounted() throws Exception {
    try (var port = new OperatorFixture()) {
      for (int i = 0; i < 3; i++) {
        port.udp.announce(false, 10);
        port.udp.took(3000);
      }
      port.udp.announce(true, 1);
      port.udp.took(3_000_000);
      port.udp.connect();
      port.udp.drop();
      port.http.announce(true, 0);
      port.http.scrape();
      port.http.refuse(Refusal.INFO_HASH);
      port.http.refuse(Refusal.INFO_HASH);
      port.http.opened();
      port.http.received(100);
      port.http.sent(200);

      Scrape scrape = scrape(port, "text/plain");

      assertThat(scrape.of("muster_announces_total{door=\"udp\",family=\"ipv4\"}")).isEqualTo(3);
      assertThat(scrape.of("muster_announces_total{door=\"udp\",family=\"ipv6\"}")).isEqualTo(1);
      assertThat(scrape.of("muster_announces_total{door=\"http\",family=\"ipv4\"}")).isZero();
      assertThat(scrape.of("muster_announces_total{door=\"http\",family=\"ipv6\"}")).isEqualTo(1);
      assertThat(scrape.of("muster_peers_given_total{door=\"udp\"}")).isEqualTo(31);
      assertThat(scrape.of("muster_connects_total{door=\"udp\"}")).isEqualTo(1);
      assertThat(scrape.of("muster_dropped_total{door=\"udp\"}")).isEqualTo(1);
      assertThat(scrape.of("muster_scrapes_total{door=\"http\"}")).isEqualTo(1);
      assertThat(scrape.of("muster_refusals_total{door=\"http\",reason=\"info_hash\"}"))
          .isEqualTo(2);
      assertThat(scrape.of("muster_refusals_total{door=\"udp\",reason=\"info_hash\"}")).isZero();
      assertThat(scrape.of("muster_connections{door=\"http\"}")).isEqualTo(1);
      assertThat(scrape.of("muster_received_bytes_total{door=\"http\"}")).isEqualTo(100);
      assertThat(scrape.of("muster_sent_bytes_total{door=\"http\"}")).isEqualTo(200);
      assertThat(scrape.of("muster_request_seconds_count{door=\"udp\"}")).isEqualTo(4);
      assertThat(scrape.of("muster_request_seconds_sum{door=\"udp\"}"))
          .isCloseTo(0.003009, within(1e-12));
      assertThat(scrape.of("muster_request_seconds_bucket{door=\"udp\",le=\"2.0E-6\"}")).isZero();
      assertThat(scrape.of("muster_request_seconds_bucket{door=\"udp\",le=\"4.0E-6\"}"))
          .isEqualTo(3);
      assertThat(scrape.of("muster_request_seconds_bucket{door=\"udp\",le=\"+Inf\"}")).isEqualTo(4);
    }
  }

  @Test
  void totalsOfTheSwarmsAreShownWhereTheyBelong() throws Exception {
    try (var port = new OperatorFixture()) {
      Scrape scrape = scrape(port, "text/plain");
      assertThat(scrape.of("muster_swarms")).isEqualTo(11);
      assertThat(scrape.of("muster_empty_swarms")).isEqualTo(12);
      double value = 13;
      for (String family : List.of("ipv4", "ipv6", "session")) {
        for (String kind : List.of("seeder", "leecher")) {
          assertThat(scrape.of("muster_peers{family=\"%s\",kind=\"%s\"}".formatted(family, kind)))
              .isEqualTo(value++);
        }
      }
      assertThat(scrape.of("muster_swarm_memory_bytes")).isEqualTo(1900);
      assertThat(scrape.of("muster_expired_peers_total")).isEqualTo(20);
      assertThat(scrape.of("muster_build_info{version=\"1.2.3\"}")).isEqualTo(1);
      assertThat(scrape.of("process_start_time_seconds"))
          .isEqualTo(OperatorFixture.START.getEpochSecond());
    }
  }

  @Test
  void theOperatorsPortCountsItself() throws Exception {
    try (var port = new OperatorFixture()) {
      port.get("/healthz");
      port.get("/nothing");
      port.get("/nothing");
      Scrape scrape = scrape(port, "text/plain");
      assertThat(scrape.of("muster_operator_requests_total{code=\"200\"}")).isEqualTo(1);
      assertThat(scrape.of("muster_operator_requests_total{code=\"404\"}")).isEqualTo(2);
    }
  }

  @Test
  void whetherTheTrackerIsServingIsAMetric() throws Exception {
    try (var port = new OperatorFixture()) {
      assertThat(scrape(port, "text/plain").of("muster_doors_up")).isEqualTo(1);
      port.health = Health.STARTING;
      port.now = port.now.plusSeconds(1);
      assertThat(scrape(port, "text/plain").of("muster_doors_up")).isZero();
    }
  }

  @Test
  void theCertificatesEndIsAMetricWhereThereIsACertificate() throws Exception {
    try (var port = new OperatorFixture()) {
      Scrape scrape = scrape(port, "text/plain");
      assertThat(scrape.of("muster_tls_certificate_expiry_timestamp_seconds"))
          .isEqualTo(OperatorFixture.START.getEpochSecond() + 86_400);
      assertThat(scrape.of("muster_tls_failed_reloads_total")).isEqualTo(3);
      port.certificate = Optional.empty();
      port.now = port.now.plusSeconds(1);
      assertThat(port.get("/metrics").body()).doesNotContain("muster_tls_");
    }
  }

  @Test
  void scrapingOftenTakesTheTotalsOnceASecond() throws Exception {
    try (var port = new OperatorFixture();
        var http = port.connect()) {
      for (int i = 0; i < 50; i++) {
        http.send(OperatorFixture.get("/metrics", "")).answer();
      }
      assertThat(port.totalsTaken).hasValue(1);
    }
  }
}
