package dev.muster.protocol.metainfo;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class MagnetLinkFuzzTest {
  /** Whatever comes is a link that reads back the same, or refused. */
  @FuzzTest
  void anyTextIsALinkOrRefused(byte[] input) throws LinkException {
    MagnetLink link;
    try {
      link = MagnetLink.parse(new String(input, StandardCharsets.UTF_8));
    } catch (LinkException e) {
      assertThat(e.getMessage()).isNotEmpty();
      return;
    }
    assertThat(link.swarms()).isNotEmpty();
    assertThat(link.trackers()).allMatch(tier -> tier.get(0).getHost() != null);
    MagnetLink again = MagnetLink.parse(link.toString());
    assertThat(again.parameters()).isEqualTo(link.parameters());
    assertThat(again.trackers()).isEqualTo(link.trackers());
    assertThat(again.swarms()).isEqualTo(link.swarms());
  }
}
