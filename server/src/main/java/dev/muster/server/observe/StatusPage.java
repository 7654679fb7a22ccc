package dev.muster.server.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.protocol.announce.Refusal;
import dev.muster.swarm.SwarmsTotals;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * {@code /}: a reading for a person. One page without script and without anything from elsewhere;
 * well-formed XML, so that a test can read it.
 */
final class StatusPage {
  private static final String STYLE = style();

  /**
   * What browsers are told about every answer of this port: run nothing, load nothing, be framed by
   * nobody, apply this one style sheet.
   */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
          .formatted(sha256(STYLE));

  /** How often a page that refreshes itself does, in seconds. */
  private static final int REFRESH_SECONDS = 5;

  private final Reading reading;
  private final StringBuilder html = new StringBuilder(8192);

  private StatusPage(Reading reading) {
    this.reading = reading;
  }

  /**
   * The page.
   *
   * @param refreshing whether it loads itself anew every some seconds
   */
  static Reply of(Reading reading, boolean refreshing) {
    return Reply.ok("text/html; charset=utf-8", new StatusPage(reading).page(refreshing));
  }

  private String page(boolean refreshing) {
    html.append(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        %s<title>Muster</title>
        <style>%s</style>
        </head>
        <body>
        <header><h1>Muster</h1><span class="faint">%s</span>%s<span class="faint">up %s</span></header>
        """
            .formatted(
                refreshing
                    ? "<meta http-equiv=\"refresh\" content=\"" + REFRESH_SECONDS + "\"/>\n"
                    : "",
                STYLE,
                Text.escape(reading.version()),
                switch (reading.health()) {
                  case STARTING -> "<strong class=\"down\">starting</strong>";
                  case UP -> "<strong class=\"up\">serving</strong>";
                  case CLOSING -> "<strong class=\"down\">closing</strong>";
                },
                Text.duration(reading.uptime())));
    tiles();
    announceUrls();
    peers(reading.totals());
    doors();
    refusals();
    process(reading.process());
    html.append(
        """
        <footer>
        <p>Rates and latencies of the last %s; latencies are estimates from a histogram. \
        Read at %s.</p>
        <p><a href="%s">%s</a> · <a href="/metrics">metrics</a> · \
        <a href="/stats.json">stats.json</a></p>
        </footer>
        </body>
        </html>
        """
            .formatted(
                Text.duration(reading.window()),
                reading.at(),
                refreshing ? "/" : "/?refresh",
                refreshing ? "stop refreshing" : "refresh every " + REFRESH_SECONDS + " s"));
    return html.toString();
  }

  private void tiles() {
    html.append("<dl class=\"tiles\">\n");
    tile("swarms", Text.count(reading.totals().swarms()));
    tile("peers", Text.count(reading.totals().members()));
    tile("announces a second", rate(reading.lately(), DoorCounts::announces));
    tile("memory of the swarms", Text.bytes(reading.totals().memoryBytes()));
    html.append("</dl>\n");
  }

  private void tile(String name, String value) {
    html.append("<div><dt>%s</dt><dd>%s</dd></div>\n".formatted(name, value));
  }

  private void announceUrls() {
    html.append("<h2>Announce URLs</h2>\n<ul>\n");
    for (String url : reading.announceUrls()) {
      html.append("<li><code>").append(Text.escape(url)).append("</code></li>\n");
    }
    html.append("</ul>\n");
  }

  private void peers(SwarmsTotals t) {
    heading("Peers", "family", "seeders", "leechers", "together");
    family("IPv4", t.ipv4Seeders(), t.ipv4Leechers());
    family("IPv6", t.ipv6Seeders(), t.ipv6Leechers());
    family("Session", t.sessionSeeders(), t.sessionLeechers());
    end();
  }

  private void family(String name, long seeders, long leechers) {
    row(name, Text.count(seeders), Text.count(leechers), Text.count(seeders + leechers));
  }

  private void doors() {
    List<DoorCounts> lately = reading.lately();
    heading("Doors", "", reading.doors().stream().map(DoorCounts::door).toArray(String[]::new));
    row("Announces", total(DoorCounts::announces));
    row("– over IPv4", total(DoorCounts::announcesIpv4));
    row("– over IPv6", total(DoorCounts::announcesIpv6));
    row("– a second", perDoor(lately, d -> rate(List.of(d), DoorCounts::announces)));
    row("Scrapes", total(DoorCounts::scrapes));
    row("– a second", perDoor(lately, d -> rate(List.of(d), DoorCounts::scrapes)));
    row("Connects", total(DoorCounts::connects));
    row("Peers given", total(DoorCounts::peersGiven));
    row("Refused", total(DoorCounts::refused));
    row("– a second", perDoor(lately, d -> rate(List.of(d), DoorCounts::refused)));
    row("Dropped", total(DoorCounts::dropped));
    row(
        "Lost, buffer full",
        perDoor(reading.doors(), d -> d.lost() < 0 ? "–" : Text.count(d.lost())));
    row("Connections", total(DoorCounts::connections));
    row("Received", perDoor(reading.doors(), d -> Text.bytes(d.bytesReceived())));
    row("Sent", perDoor(reading.doors(), d -> Text.bytes(d.bytesSent())));
    for (double q : new double[] {0.5, 0.99, 0.999}) {
      row(
          "Answered within, " + Text.percent(q),
          perDoor(lately, d -> Text.latency(d.latencies().quantile(q))));
    }
    end();
  }

  private void refusals() {
    if (reading.doors().stream().allMatch(door -> door.refused() == 0)) {
      return;
    }
    heading("Refused, by reason", "", perDoor(reading.doors(), DoorCounts::door));
    for (Refusal reason : Refusal.values()) {
      if (reading.doors().stream().anyMatch(door -> door.refused(reason) > 0)) {
        row(reason.label(), total(door -> door.refused(reason)));
      }
    }
    end();
  }

  private void process(ProcessFacts process) {
    heading("Process", "", "");
    row("Memory in RAM", Text.bytes(process.residentBytes()));
    row("Heap used", Text.bytes(process.heap().getUsed()));
    row("Heap at most", Text.bytes(process.heap().getMax()));
    row("CPU time", Text.duration(java.time.Duration.ofNanos(Math.max(0, process.cpuNanos()))));
    row("Swarms kept for their completions only", Text.count(reading.totals().countsOnly()));
    row("Peers expired", Text.count(reading.totals().expired()));
    end();
  }

  private String[] total(Function<DoorCounts, Long> value) {
    return perDoor(reading.doors(), door -> Text.count(value.apply(door)));
  }

  private static String[] perDoor(List<DoorCounts> doors, Function<DoorCounts, String> value) {
    return doors.stream().map(value).toArray(String[]::new);
  }

  private String rate(List<DoorCounts> doors, Function<DoorCounts, Long> value) {
    return Text.rate(reading.perSecond(doors.stream().mapToLong(value::apply).sum()));
  }

  private void heading(String title, String first, String... columns) {
    html.append(
        "<h2>%s</h2>\n<div class=\"scroll\"><table>\n<thead><tr><th>%s</th>"
            .formatted(title, first));
    for (String column : columns) {
      html.append("<th scope=\"col\">").append(Text.escape(column)).append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
  }

  private void row(String name, String... cells) {
    html.append("<tr><th scope=\"row\">").append(name).append("</th>");
    html.append(Arrays.stream(cells).collect(Collectors.joining("</td><td>", "<td>", "</td>")));
    html.append("</tr>\n");
  }

  private void end() {
    html.append("</tbody></table></div>\n");
  }

  private static String style() {
    try (InputStream css = StatusPage.class.getResourceAsStream("status.css")) {
      return new String(Objects.requireNonNull(css, "status.css").readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) { // every JDK has it
      throw new AssertionError(impossible);
    }
  }
}
