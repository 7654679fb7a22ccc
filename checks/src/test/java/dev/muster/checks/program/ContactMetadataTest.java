package dev.muster.checks.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/contact-metadata.md says, asked of the program. */
class ContactMetadataTest {
  @TempDir Path directory;

  @Test
  void whatAPeerSaidOfItselfReachesWhoAsksForItAndNobodyElse() throws Exception {
    try (RunningProgram muster =
        RunningProgram.start(
            directory, "serve", "--http", "127.0.0.1:0", "--udp", "off", "--admin", "off")) {
      String url = "http://127.0.0.1:" + muster.port("http");
      announce(url, "port=6881&left=0&caps=19&up=9&down=11");
      announce(url, "port=6882&left=0");
      assertThat(announce(url, "port=6883&left=7&caps=3&contact=1"))
          .startsWith("d8:completei2e7:contacti1e")
          .containsPattern(
              "d4:capsi19e4:downi11e2:ip9:127.0.0.19:last seeni[0-9]{1,2}e4:porti6881e2:upi9ee")
          .containsPattern("d2:ip9:127.0.0.19:last seeni[0-9]{1,2}e4:porti6882ee");
      assertThat(announce(url, "port=6884&left=7")).contains("5:peers18:");
    }
  }

  private static String announce(String url, String parameters) throws Exception {
    String hash = "%aa%bb%cc%dd%ee%ff%00%11%22%33%44%55%66%77%88%99%aa%bb%cc%dd";
    URI uri =
        URI.create(
            url + "/announce?info_hash=" + hash + "&peer_id=-MU0001-abcdefghijkl&" + parameters);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
      return client
          .send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1))
          .body();
    }
  }
}
