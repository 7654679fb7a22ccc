package dev.muster.server.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipHashTest {
  /**
   * The reference implementation's vectors for key 00 01 .. 0f and message 00 01 02 .., of those
   * lengths that are whole words.
   */
  @ParameterizedTest
  @CsvSource({
    "0, 310e0edd47db6f72",
    "1, 6224939a79f5f593",
    "2, db9bc2577fcc2a3f",
    "3, 94af49f6c650adb8"
  })
  void theReferenceVectorsHold(int words, String expected) {
    SipHash hash = new SipHash(HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f"));
    long value = hash.hash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L, 0x1716151413121110L, words);
    assertThat(HexFormat.of().toHexDigits(Long.reverseBytes(value))).isEqualTo(expected);
  }

  @Test
  void wordsBeyondTheMessageDoNotCount() {
    SipHash hash = new SipHash(new byte[16]);
    assertThat(hash.hash(1, 2, 3, 2)).isEqualTo(hash.hash(1, 2, 4, 2));
    assertThat(hash.hash(1, 2, 3, 3)).isNotEqualTo(hash.hash(1, 2, 4, 3));
  }

  @Test
  void aKeyHasSixteenBytes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SipHash(new byte[15]))
        .withMessageContaining("length=15");
  }
}
