package dev.muster.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

class ForwardedTextFuzzTest {
  /** Whatever stands there: a bounded list of addresses and empty places, and no exception. */
  @FuzzTest
  void anyHeaderIsAListOfHops(byte[] bytes) {
    List<String> lines = List.of(new String(bytes, ISO_8859_1).split("\n", -1));
    assertThat(ForwardedText.xForwardedFor(lines)).hasSizeBetween(1, 32);
    assertThat(ForwardedText.forwarded(lines)).hasSizeBetween(1, 32);
  }
}
