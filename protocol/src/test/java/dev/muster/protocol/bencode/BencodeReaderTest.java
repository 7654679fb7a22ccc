package dev.muster.protocol.bencode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.protocol.bencode.BencodeException.Fault;
import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BencodeReaderTest {
  private static final BencodeLimits LIMITS = new BencodeLimits(10, 50, 30);

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static BValue strict(String text) throws BencodeException {
    return BencodeReader.strict(bytes(text), LIMITS);
  }

  private static BValue lenient(String text) throws BencodeException {
    return BencodeReader.lenient(bytes(text), LIMITS);
  }

  private static BencodeException faultOf(String text) {
    try {
      BValue value = strict(text);
      throw new AssertionError("was read: " + value);
    } catch (BencodeException e) {
      return e;
    }
  }

  @Test
  void everyKindOfValueIsRead() throws BencodeException {
    assertThat(strict("i-42e")).isEqualTo(BInteger.of(-42));
    assertThat(strict("0:")).isEqualTo(BString.of(""));
    assertThat(strict("le")).isEqualTo(BList.of());
    BDictionary dictionary = (BDictionary) strict("d1:ali1e1:xe1:bdee");
    assertThat(dictionary.get("a")).contains(BList.of(BInteger.of(1), BString.of("x")));
    assertThat(dictionary.get("c")).isEmpty();
  }

  @Test
  void integersHaveNoSizeLimitButThatOfTheReader() throws BencodeException {
    BigInteger large = BigInteger.TEN.pow(29);
    assertThat(strict("i" + large + "e")).isEqualTo(BInteger.of(large));
    assertThat(strict("i-" + large + "e")).isEqualTo(BInteger.of(large.negate()));
    assertThat(((BInteger) strict("i" + large + "e")).clamped()).isEqualTo(Long.MAX_VALUE);
    assertThat(((BInteger) strict("i-" + large + "e")).clamped()).isEqualTo(Long.MIN_VALUE);
    assertThat(faultOf("i" + large + "0e").fault()).isEqualTo(Fault.TOO_LONG);
    assertThat(strict("i9223372036854775807e")).isEqualTo(BInteger.of(Long.MAX_VALUE));
    assertThat(strict("i-9223372036854775808e")).isEqualTo(BInteger.of(Long.MIN_VALUE));
  }

  @ParameterizedTest
  @CsvSource({
    "'',TRUNCATED,0",
    "i,TRUNCATED,1",
    "i1,TRUNCATED,2",
    "ie,UNEXPECTED_BYTE,1",
    "i-e,UNEXPECTED_BYTE,2",
    "i+1e,UNEXPECTED_BYTE,1",
    "i1.5e,UNEXPECTED_BYTE,2",
    "i01e,NOT_CANONICAL,1",
    "i-0e,NOT_CANONICAL,2",
    "i00e,NOT_CANONICAL,1",
    "5:abcd,TRUNCATED,0",
    "99999999999999999999999:,TRUNCATED,0",
    "2147483648:x,TRUNCATED,0",
    "01:a,NOT_CANONICAL,0",
    ":a,UNEXPECTED_BYTE,0",
    "-1:a,UNEXPECTED_BYTE,0",
    "x,UNEXPECTED_BYTE,0",
    "l,TRUNCATED,1",
    "d,TRUNCATED,1",
    "d1:a,TRUNCATED,4",
    "d1:ae,UNEXPECTED_BYTE,4",
    "di1ei2ee,UNEXPECTED_BYTE,1",
    "d1:bi1e1:ai1ee,KEY_ORDER,7",
    "d1:ai1e1:ai1ee,KEY_ORDER,7",
    "i1ei2e,TRAILING,3",
    "lllllllllleeeeeeeeeee,TRAILING,20",
    "llllllllllleeeeeeeeeee,TOO_DEEP,10"
  })
  void whatIsWrongIsNamedWithItsOffset(String text, Fault fault, int offset) {
    BencodeException e = faultOf(text);
    assertThat(e.fault()).isEqualTo(fault);
    assertThat(e.offset()).isEqualTo(offset);
    assertThat(e).hasMessageContaining("offset " + offset);
  }

  @Test
  void tooManyValuesAreRefused() {
    assertThat(faultOf("l" + "0:".repeat(50) + "e").fault()).isEqualTo(Fault.TOO_MANY);
    assertThat(faultOf("d" + "0:".repeat(50) + "e").fault()).isIn(Fault.TOO_MANY, Fault.KEY_ORDER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"d1:bi1e1:ai2ee", "d1:ai2e1:ai9e1:bi1ee", "d1:ai02e01:bi1ee"})
  void unsortedAndRepeatedKeysAreReadLeniently(String text) throws BencodeException {
    assertThat(lenient(text)).isEqualTo(strict("d1:ai2e1:bi1ee"));
    assertThatThrownBy(() -> strict(text)).isInstanceOf(BencodeException.class);
  }

  @Test
  void aLenientReaderIsNoLessBounded() {
    assertThatThrownBy(() -> lenient("l".repeat(1000))).isInstanceOf(BencodeException.class);
    assertThatThrownBy(() -> lenient("9".repeat(1000))).isInstanceOf(BencodeException.class);
    assertThatThrownBy(() -> lenient("i" + "0".repeat(1000))).isInstanceOf(BencodeException.class);
  }

  @Test
  void aValueKnowsItsOriginalBytes() throws BencodeException {
    String info = "d4:name3:abc6:lengthi01ee"; // unsorted, and a zero too many
    byte[] torrent = bytes("xxd8:announce1:u4:info" + info + "e");
    BDictionary dictionary =
        (BDictionary) BencodeReader.lenientPrefix(torrent, 2, torrent.length, LIMITS);
    Span span = dictionary.get("info").orElseThrow().span();
    assertThat(new String(torrent, span.start(), span.length(), ISO_8859_1)).isEqualTo(info);
    assertThat(dictionary.span()).isEqualTo(new Span(2, torrent.length));
  }

  @Test
  void aPrefixMayBeFollowedByAnything() throws BencodeException {
    byte[] input = bytes("d1:ai1eerest");
    assertThat(BencodeReader.lenientPrefix(input, 0, input.length, LIMITS).span())
        .isEqualTo(new Span(0, 8));
  }

  @Test
  void nothingOutsideTheRangeIsRead() {
    byte[] input = bytes("i123e");
    assertThatThrownBy(() -> BencodeReader.strict(input, 0, 4, LIMITS))
        .isInstanceOf(BencodeException.class);
    assertThatThrownBy(() -> BencodeReader.strict(input, 0, 6, LIMITS))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aHugeKeyDoesNotMakeAHugeMessage() {
    byte[] input = new byte[100_000];
    Arrays.fill(input, (byte) 0xff);
    byte[] head = bytes("d40000:");
    System.arraycopy(head, 0, input, 0, head.length);
    byte[] second = bytes("i1e40000:");
    System.arraycopy(second, 0, input, head.length + 40000, second.length);
    assertThatThrownBy(() -> BencodeReader.strict(input, LIMITS))
        .isInstanceOfSatisfying(
            BencodeException.class, e -> assertThat(e.fault()).isEqualTo(Fault.KEY_ORDER))
        .message()
        .hasSizeLessThan(1000);
  }
}
