package dev.muster.checks.endtoend;

import dev.muster.checks.endtoend.UdpPeers.Announce;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Peers at one loopback address who announce over HTTP (BEP 3), one after the other. */
final class HttpPeers implements AutoCloseable {
  private static final List<String> EVENTS = List.of("", "completed", "started", "stopped");

  private final HttpClient http;
  private final String announceUrl;

  HttpPeers(String address, String announceUrl) throws UnknownHostException {
    this.announceUrl = announceUrl;
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .localAddress(InetAddress.getByName(address))
            .build();
  }

  /** Makes one announce; returns the bencoded answer, a character a byte. */
  String announce(Announce announce) {
    String query =
        "?info_hash=%s&peer_id=-MU0001-%05d0000000&port=%d&uploaded=0&downloaded=0&left=%d&event=%s"
            .formatted(
                announce.hash().toString().replaceAll("..", "%$0"),
                announce.port(),
                announce.port(),
                announce.left(),
                EVENTS.get(announce.event()));
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(announceUrl + query))
              .timeout(Duration.ofSeconds(20))
              .build();
      return new String(
          http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body(),
          StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
