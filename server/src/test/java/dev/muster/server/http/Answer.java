package dev.muster.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.muster.protocol.http.TrackerResponse;
import java.util.Map;

/** An HTTP answer as a client sees it; header names in lower case. */
record Answer(String version, int status, Map<String, String> headers, byte[] body) {
  String text() {
    return new String(body, ISO_8859_1);
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  TrackerResponse.Announced announced() {
    return (TrackerResponse.Announced) TrackerResponse.ofAnnounce(body);
  }

  TrackerResponse.Failed failed() {
    return (TrackerResponse.Failed) TrackerResponse.ofAnnounce(body);
  }

  TrackerResponse.Scraped scraped() {
    return (TrackerResponse.Scraped) TrackerResponse.ofScrape(body);
  }
}
