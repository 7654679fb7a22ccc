package dev.muster.protocol.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.muster.protocol.announce.Announce;
import dev.muster.protocol.id.Address;

class HttpQueryFuzzTest {
  private static final Address SOURCE = new Address.Ipv6(1, 2);

  /** Whatever comes: a request within its ranges, or a refusal that can be told. */
  @FuzzTest
  void anyTargetIsReadOrRefused(byte[] target) {
    switch (HttpQuery.parse(new String(target, ISO_8859_1))) {
      case AnnounceQuery query -> {
        Announce announce = query.from(query.claimed(SOURCE).orElse(SOURCE));
        assertThat(announce.port()).isBetween(1, 65535);
        assertThat(announce.left()).isGreaterThanOrEqualTo(Announce.UNKNOWN_LEFT);
        assertThat(announce.numwant()).isGreaterThanOrEqualTo(Announce.DEFAULT_NUMWANT);
      }
      case ScrapeQuery query -> assertThat(query.infoHashes()).isNotEmpty();
      case RefusedQuery refused -> assertThat(refused.sentence()).matches("[ -~]{1,200}");
    }
  }
}
