package dev.muster.protocol.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.id.Endpoint;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of other trackers. */
class TrackerResponseTest {
  private static TrackerResponse announce(String body) {
    return TrackerResponse.ofAnnounce(body.getBytes(ISO_8859_1));
  }

  private static TrackerResponse.Announced announced(String body) {
    return (TrackerResponse.Announced) announce(body);
  }

  @Test
  void trapPeersMayBeAListOfDictionaries() {
    assertThat(
            announced(
                    "d8:intervali5e5:peersl"
                        + "d2:ip9:127.0.0.17:peer id20:aaaaaaaaaaaaaaaaaaaa4:porti6881ee"
                        + "d2:ip3:::14:porti1ee"
                        + "d2:ip9:localhost4:porti1ee"
                        + "d2:ip9:127.0.0.14:porti65536ee"
                        + "d2:ip9:127.0.0.14:porti-1ee"
                        + "d2:ip9:127.0.0.1e"
                        + "i7eee")
                .peers())
        .map(Endpoint::toString)
        .containsExactly("127.0.0.1:6881", "[::1]:1");
  }

  @Test
  void trapAFamilyThatIsEmptyMayBeMissing() {
    assertThat(announced("d8:intervali5ee").peers()).isEmpty();
  }

  @Test
  void anOddRestOfCompactPeersIsDropped() {
    assertThat(announced("d5:peers8:\1\2\3\4\0\5xxe").peers())
        .map(Endpoint::toString)
        .containsExactly("1.2.3.4:5");
  }

  @Test
  void trapRetryInIsMinutesAsAStringOrANumberOrNever() {
    assertThat(announce("d14:failure reason2:no8:retry in1:5e"))
        .isEqualTo(new TrackerResponse.Failed("no", OptionalInt.empty(), OptionalInt.of(5), false));
    assertThat(announce("d14:failure reason2:no8:retry ini5ee"))
        .isEqualTo(new TrackerResponse.Failed("no", OptionalInt.empty(), OptionalInt.of(5), false));
    assertThat(announce("d14:failure reason2:no8:retry in5:nevere"))
        .isEqualTo(
            new TrackerResponse.Failed("no", OptionalInt.empty(), OptionalInt.empty(), true));
    assertThat(announce("d14:failure reason2:no8:retry inlee"))
        .isEqualTo(
            new TrackerResponse.Failed("no", OptionalInt.empty(), OptionalInt.empty(), false));
  }

  @Test
  void aDictionaryOutOfOrderIsRead() {
    assertThat(announced("d5:peers0:8:intervali5ee").interval()).hasValue(5);
  }

  @Test
  void numbersBeyondReasonAreBounded() {
    TrackerResponse.Announced answer =
        announced("d8:completei-1e8:intervali99999999999999999999e10:tracker id1:xe");
    assertThat(answer.interval()).hasValue(Integer.MAX_VALUE);
    assertThat(answer.seeders()).isEmpty();
    assertThat(answer.trackerId()).contains("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "i1e", "le", "d", "d5:peers", "de "})
  void whatIsNoDictionaryIsMalformed(String body) {
    assertThat(announce(body)).isInstanceOf(TrackerResponse.Malformed.class);
    assertThat(TrackerResponse.ofScrape(body.getBytes(ISO_8859_1)))
        .isInstanceOf(TrackerResponse.Malformed.class);
  }

  @Test
  void aScrapeWithoutFilesIsMalformed() {
    assertThat(TrackerResponse.ofScrape("de".getBytes(ISO_8859_1)))
        .isInstanceOf(TrackerResponse.Malformed.class);
  }
}
