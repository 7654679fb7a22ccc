package dev.muster.checks.endtoend;

import dev.muster.protocol.id.InfoHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packaged program, as {@code ./muster serve} starts it, on loopback ports of the system's
 * choice. Knows of it only what it prints and what it answers.
 */
final class Tracker implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(30);
  private static final Pattern ANNOUNCE =
      Pattern.compile(
          "^\\s*announce\\s+((https?|udp)://(127\\.0\\.0\\.1|\\[::1]):\\d+/\\S*)$",
          Pattern.MULTILINE);

  private static final Pattern OPERATOR =
      Pattern.compile("^\\s*operator\\s+(http://\\S+/)$", Pattern.MULTILINE);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Of those that are open without being asked for. */
  private static final int URLS = 4;

  private final OwnProcess process;
  private final List<String> announceUrls;
  private final Optional<Path> certificate;

  private Tracker(OwnProcess process, List<String> announceUrls, Optional<Path> certificate) {
    this.certificate = certificate;
    this.process = process;
    this.announceUrls = announceUrls;
  }

  /**
   * Starts one and returns when it answers.
   *
   * @param directory its home, and where its output stays
   * @param options further options of {@code muster serve}
   */
  static Tracker start(Path directory, String... options) {
    return start(directory, URLS, Optional.empty(), options);
  }

  /** Starts one that answers over HTTPS too, at an IPv4 address. */
  static Tracker startWithTls(Path directory, OwnCertificate own) {
    return start(directory, URLS + 1, Optional.of(own.certificate()), own.options());
  }

  private static Tracker start(
      Path directory, int expected, Optional<Path> certificate, String... options) {
    Path jar = Path.of("../cli/target/dist/muster.jar").toAbsolutePath().normalize();
    if (!Files.exists(jar)) {
      throw new AssertionError("the program is not built, run `mvn package`: no " + jar);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+ExitOnOutOfMemoryError", "-XX:+UseSerialGC"));
    command.addAll(List.of("-jar", jar.toString(), "serve"));
    for (String door : List.of("--http", "--udp")) {
      command.addAll(List.of(door, "127.0.0.1:0", door, "[::1]:0"));
    }
    command.addAll(List.of("--admin", "127.0.0.1:0"));
    command.addAll(List.of(options));

    OwnProcess process = OwnProcess.start(directory, command);
    try {
      Await.until(
          START,
          () -> urlsIn(process.output()).size() == expected || !process.isAlive(),
          () -> "the tracker says what it listens on:\n" + process.output());
      List<String> urls = urlsIn(process.output());
      if (urls.size() != expected) {
        throw new AssertionError("the tracker ended:\n" + process.output());
      }
      return new Tracker(process, urls, certificate);
    } catch (AssertionError e) {
      process.close();
      throw e;
    }
  }

  private static List<String> urlsIn(String output) {
    return ANNOUNCE.matcher(output).results().map(found -> found.group(1)).toList();
  }

  /** The URL to put into a torrent. */
  String announceUrl(Introduction introduction) {
    String start = introduction.scheme() + "://" + (introduction.ipv6() ? "[" : "1");
    return announceUrls.stream()
        .filter(url -> url.startsWith(start))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + introduction + " in " + announceUrls));
  }

  /** What a client has to believe to speak TLS with it. */
  Optional<Path> certificate() {
    return certificate;
  }

  /** The port of this door. */
  int port(Introduction introduction) {
    Matcher port = Pattern.compile(":(\\d+)/").matcher(announceUrl(introduction));
    if (!port.find()) {
      throw new AssertionError("no port in " + announceUrl(introduction));
    }
    return Integer.parseInt(port.group(1));
  }

  /** What the tracker tells anyone who asks about a swarm (BEP 48). */
  Scrape scrape(InfoHash infoHash) {
    return Scrape.of(announceUrl(Introduction.HTTP_IPV4), infoHash);
  }

  /** A number of {@code /stats.json} on the operator's port, by its name. */
  long stat(String name) {
    Matcher operator = OPERATOR.matcher(process.output());
    if (!operator.find()) {
      throw new AssertionError("no operator's port:\n" + process.output());
    }
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(operator.group(1) + "stats.json"))
              .timeout(Duration.ofSeconds(10))
              .build();
      String json = HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
      Matcher value = Pattern.compile("\"" + name + "\"\\s*:\\s*(\\d+)").matcher(json);
      if (!value.find()) {
        throw new AssertionError("no " + name + " in " + json);
      }
      return Long.parseLong(value.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  OwnProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }
}
