package dev.muster.checks.endtoend;

import dev.muster.protocol.id.InfoHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The counts of one swarm as the tracker gives them away over HTTP (BEP 48).
 *
 * @param complete peers that lack nothing
 * @param incomplete peers that lack something
 * @param downloaded how many have completed
 */
record Scrape(int complete, int incomplete, int downloaded) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  static Scrape of(String announceUrl, InfoHash infoHash) {
    String hash = infoHash.toString().replaceAll("..", "%$0");
    URI uri = URI.create(announceUrl.replaceFirst("announce$", "scrape") + "?info_hash=" + hash);
    try {
      HttpResponse<byte[]> response =
          HTTP.send(
              HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      String body = new String(response.body(), StandardCharsets.ISO_8859_1);
      return new Scrape(
          number("complete", body), number("incomplete", body), number("downloaded", body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static int number(String key, String body) {
    Matcher value = Pattern.compile(key.length() + ":" + key + "i(\\d+)e").matcher(body);
    if (!value.find()) {
      throw new AssertionError("a scrape without " + key + ": " + body);
    }
    return Integer.parseInt(value.group(1));
  }
}
