package dev.muster.protocol.bencode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random values: the writer against the plainest encoder there is, the reader against both. */
class BencodeModelTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 22, 333, 4444})
  void whatIsWrittenIsCanonicalAndReadBack(long seed) throws BencodeException {
    SplittableRandom random = new SplittableRandom(seed);
    BencodeWriter out = new BencodeWriter(16);
    for (int i = 0; i < 3000; i++) {
      BValue value = value(random, 4);
      byte[] written = out.clear().value(value).toByteArray();
      assertThat(written).as("seed %d, value %s", seed, value).isEqualTo(plain(value));
      BValue read = BencodeReader.strict(written, new BencodeLimits(5, 1 << 20, 60));
      assertThat(read).as("seed %d", seed).isEqualTo(value);
      assertThat(read.span()).isEqualTo(new Span(0, written.length));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 66})
  void whatIsReadStrictlyIsWrittenAgainToTheByte(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int understood = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = plain(value(random, 3));
      for (int flips = random.nextInt(3); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) "0123456789:-ildex".charAt(random.nextInt(17));
      }
      try {
        BValue read = BencodeReader.strict(bytes, new BencodeLimits(64, 1 << 20, 60));
        understood++;
        assertThat(plain(read)).as("seed %d", seed).isEqualTo(bytes);
      } catch (BencodeException e) {
        assertThat(e.offset()).isBetween(0, bytes.length);
      }
    }
    assertThat(understood).isBetween(5_000, 19_999);
  }

  private static BValue value(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth > 0 ? 4 : 2)) {
      case 0 -> BString.of(bytes(random));
      case 1 ->
          BInteger.of(
              new BigInteger(1 + random.nextInt(120), new java.util.Random(random.nextLong()))
                  .subtract(BigInteger.ONE.shiftLeft(random.nextInt(120))));
      case 2 -> {
        List<BValue> values = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          values.add(value(random, depth - 1));
        }
        yield new BList(values, Span.NONE);
      }
      default -> {
        Map<BString, BValue> map = new HashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
          map.put(BString.of(bytes(random)), value(random, depth - 1));
        }
        yield BDictionary.of(map);
      }
    };
  }

  private static byte[] bytes(SplittableRandom random) {
    byte[] bytes = new byte[random.nextInt(5)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] plain(BValue value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    switch (value) {
      case BString s -> string(out, s);
      case BInteger i -> out.writeBytes(("i" + i.value() + "e").getBytes(ISO_8859_1));
      case BList l -> {
        out.write('l');
        l.values().forEach(v -> out.writeBytes(plain(v)));
        out.write('e');
      }
      case BDictionary d -> {
        out.write('d');
        d.entries().stream()
            // Latin-1 characters compare as unsigned bytes do
            .sorted(Comparator.comparing(e -> new String(e.key().bytes(), ISO_8859_1)))
            .forEach(e -> {
              string(out, e.key());
              out.writeBytes(plain(e.value()));
            });
        out.write('e');
      }
    }
    return out.toByteArray();
  }

  private static void string(ByteArrayOutputStream out, BString string) {
    out.writeBytes((string.length() + ":").getBytes(ISO_8859_1));
    out.writeBytes(string.bytes());
  }
}
