package dev.muster.protocol.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContactMetadataTest {
  @Test
  void everyBitIsReadAsItWasWritten() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      ContactMetadata metadata = new ContactMetadata(bits);
      assertThat(ContactMetadata.of(metadata.capabilities(), metadata.up(), metadata.down()))
          .isEqualTo(metadata);
      assertThat(ContactMetadata.pack(metadata.caps(), metadata.up(), metadata.down()))
          .isEqualTo(bits);
    }
  }

  @Test
  void theExampleOfTheDocumentIsRight() {
    ContactMetadata metadata =
        ContactMetadata.of(
            EnumSet.of(Capability.TCP, Capability.UTP, Capability.ENCRYPTION),
            BandwidthClass.of(20_000_000),
            BandwidthClass.of(100_000_000));
    assertThat(metadata.caps()).isEqualTo(19);
    assertThat(metadata.up()).isEqualTo(9);
    assertThat(metadata.down()).isEqualTo(11);
    assertThat(metadata.has(Capability.UTP)).isTrue();
    assertThat(metadata.has(Capability.BACKUP)).isFalse();
  }

  @Test
  void aClassHoldsRatesFromItsOwnToTwiceThat() {
    assertThat(BandwidthClass.of(0)).isEqualTo(1);
    for (int n = 2; n <= BandwidthClass.HIGHEST; n++) {
      long from = BandwidthClass.atLeast(n);
      assertThat(from).isEqualTo(64L * 1024 << n - 1);
      assertThat(BandwidthClass.of(from)).isEqualTo(n);
      assertThat(BandwidthClass.of(from - 1)).isEqualTo(n - 1);
    }
    assertThat(BandwidthClass.of(Long.MAX_VALUE)).isEqualTo(BandwidthClass.HIGHEST);
    assertThat(BandwidthClass.atLeast(1)).isZero();
  }

  @Test
  void whatIsOutOfRangeIsRefused() {
    assertThatThrownBy(() -> new ContactMetadata(1 << 16)).hasMessageContaining("65536");
    assertThatThrownBy(() -> new ContactMetadata(-1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> ContactMetadata.of(Set.of(), 16, 0)).hasMessageContaining("16");
    assertThatThrownBy(() -> BandwidthClass.of(-5)).hasMessageContaining("-5");
    assertThatThrownBy(() -> BandwidthClass.atLeast(16)).hasMessageContaining("16");
  }
}
