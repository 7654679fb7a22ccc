package dev.muster.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
  @ParameterizedTest
  @CsvSource({
    "-1, –",
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "1536, 1.5 KiB",
    "1048575, 1024.0 KiB",
    "1048576, 1.0 MiB",
    "9223372036854775807, 8.0 EiB"
  })
  void bytesAreInBinaryUnits(long bytes, String text) {
    assertThat(Text.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"NaN, –", "0.0000014, 1 µs", "0.000999, 999 µs", "0.0015, 1.5 ms", "1.25, 1.3 s"})
  void latenciesAreInTheUnitThatFits(double seconds, String text) {
    assertThat(Text.latency(seconds)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "59, 59 s",
    "61, 1 min 1 s",
    "3600, 1 h 0 min",
    "90061, 1 d 1 h",
    "31536000, 365 d 0 h"
  })
  void durationsAreInTheTwoLargestUnits(long seconds, String text) {
    assertThat(Text.duration(Duration.ofSeconds(seconds))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0.5, 50 %", "0.99, 99 %", "0.999, 99.9 %"})
  void quantilesAreSaidWithoutSuperfluousDigits(double part, String text) {
    assertThat(Text.percent(part)).isEqualTo(text);
  }

  @Test
  void textMeansItselfInHtml() {
    assertThat(Text.escape("<a href=\"x\">&amp;"))
        .isEqualTo("&lt;a href=&quot;x&quot;&gt;&amp;amp;");
  }
}
