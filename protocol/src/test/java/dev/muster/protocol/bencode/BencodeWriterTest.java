package dev.muster.protocol.bencode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BencodeWriterTest {
  private final BencodeWriter out = new BencodeWriter(1);

  private String written() {
    return new String(out.toByteArray(), ISO_8859_1);
  }

  @Test
  void everyKindOfValueIsWritten() {
    out.dictionary().key("a").list().integer(-7).string(new byte[] {'x', 0}).end();
    out.key("b").integer(0).key("c").dictionary().end().end();
    assertThat(written()).isEqualTo("d1:ali-7e2:x\0e1:bi0e1:cdee");
  }

  @Test
  void integersOfEverySizeAreWritten() {
    out.list().integer(Long.MIN_VALUE).integer(Long.MAX_VALUE).integer(10).integer(9);
    out.integer(BigInteger.TWO.pow(70)).end();
    assertThat(written())
        .isEqualTo("li-9223372036854775808ei9223372036854775807ei10ei9ei1180591620717411303424ee");
  }

  @Test
  void keysSortAsUnsignedBytes() {
    out.dictionary().key(new byte[] {0x7f}).integer(1).key(new byte[] {(byte) 0x80}).integer(2);
    assertThatThrownBy(() -> out.key(new byte[] {0x7f})).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aKeyTwiceIsADefect() {
    out.dictionary().key("peers").integer(1);
    assertThatThrownBy(() -> out.key("peers")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aKeyThatBeginsLikeTheOneBeforeSortsAfterIt() {
    out.dictionary().key("peers").integer(1).key("peers6").integer(2).end();
    assertThat(written()).isEqualTo("d5:peersi1e6:peers6i2ee");
  }

  @Test
  void theOrderIsKeptForEachOpenDictionary() {
    out.dictionary().key("b").dictionary().key("a").integer(1).key("z").integer(1).end();
    assertThatThrownBy(() -> out.key("a")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatWouldNotBeBencodingIsADefect() {
    assertThatThrownBy(() -> new BencodeWriter(8).end()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new BencodeWriter(8).key("a"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new BencodeWriter(8).integer(1).integer(2))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new BencodeWriter(8).dictionary().integer(1))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new BencodeWriter(8).dictionary().key("a").end())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new BencodeWriter(8).dictionary().key("a").key("b"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new BencodeWriter(8).list().key("a"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new BencodeWriter(8).list().toByteArray())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aWriterIsUsedAgain() {
    out.dictionary().key("a");
    out.clear().integer(3);
    assertThat(written()).isEqualTo("i3e");
  }

  @Test
  void aDictionaryIsWrittenInTheOrderOfItsKeysWhateverItsMapSays() {
    out.value(
        BDictionary.of(
            Map.of(
                BString.of("interval"),
                BInteger.of(1),
                BString.of("min interval"),
                BInteger.of(2),
                BString.of("complete"),
                BInteger.of(3))));
    assertThat(written()).isEqualTo("d8:completei3e8:intervali1e12:min intervali2ee");
  }

  @Test
  void deepNestingIsWritten() {
    for (int i = 0; i < 100; i++) {
      out.list();
    }
    for (int i = 0; i < 100; i++) {
      out.end();
    }
    assertThat(written()).isEqualTo("l".repeat(100) + "e".repeat(100));
  }
}
