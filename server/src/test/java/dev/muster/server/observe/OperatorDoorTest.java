package dev.muster.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.swarm.SwarmsTotals;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OperatorDoorTest {
  @Test
  void everyEndpointAnswers() throws Exception {
    Observed observed =
        new Observed(
            "1",
            Instant.now(),
            Instant::now,
            List.of(new DoorMeter("udp"), new DoorMeter("http")),
            () -> new SwarmsTotals(1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
            () -> List.of("udp://a:1/announce"),
            () -> true);
    try (OperatorDoor door =
            OperatorDoor.open(
                OperatorSettings.at(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.empty()),
                observed);
        HttpClient client = HttpClient.newHttpClient()) {
      for (String path : List.of("/", "/metrics", "/stats.json", "/healthz")) {
        var r =
            client.send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + door.address().getPort() + path))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(r.statusCode()).isEqualTo(200);
      }
    }
  }
}
