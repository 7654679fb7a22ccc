package dev.muster.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

class TrackerResponseFuzzTest {
  /** Whatever comes is an answer, and no larger than what came. */
  @FuzzTest
  void anyBodyIsAnAnswerOrMalformed(byte[] body) {
    switch (TrackerResponse.ofAnnounce(body)) {
      case TrackerResponse.Announced answer -> {
        assertThat(answer.peers().size()).isLessThanOrEqualTo(body.length / 6);
        assertThat(answer.peers()).allMatch(peer -> peer.port() > 0);
      }
      case TrackerResponse.Scraped answer -> throw new AssertionError(answer);
      case TrackerResponse.Failed answer -> assertThat(answer.reason()).isNotNull();
      case TrackerResponse.Malformed answer -> assertThat(answer.fault()).isNotEmpty();
    }
    TrackerResponse scrape = TrackerResponse.ofScrape(body);
    assertThat(scrape).isNotInstanceOf(TrackerResponse.Announced.class);
  }
}
