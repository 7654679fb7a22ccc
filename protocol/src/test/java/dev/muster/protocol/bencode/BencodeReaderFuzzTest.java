package dev.muster.protocol.bencode;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

class BencodeReaderFuzzTest {
  private static final BencodeLimits LIMITS = new BencodeLimits(10, 500, 40);

  /** Whatever comes: a value or a typed fault; and a value read strictly is written to the byte. */
  @FuzzTest
  void anyBytesAreAValueOrAFault(byte[] input) {
    BValue strict = null;
    try {
      strict = BencodeReader.strict(input, LIMITS);
      assertThat(new BencodeWriter(16).value(strict).toByteArray()).isEqualTo(input);
    } catch (BencodeException e) {
      assertThat(e.offset()).isBetween(0, input.length);
    }
    try {
      BValue lenient = BencodeReader.lenient(input, LIMITS);
      assertThat(lenient.span()).isEqualTo(new Span(0, input.length));
      byte[] canonical = new BencodeWriter(16).value(lenient).toByteArray();
      assertThat(BencodeReader.strict(canonical, LIMITS)).isEqualTo(lenient);
      if (strict != null) {
        assertThat(lenient).isEqualTo(strict);
      }
    } catch (BencodeException e) {
      assertThat(strict).isNull();
      assertThat(e.offset()).isBetween(0, input.length);
    }
  }
}
