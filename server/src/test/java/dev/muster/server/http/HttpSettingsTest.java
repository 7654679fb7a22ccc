package dev.muster.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpSettingsTest {
  @Test
  void theDefaults() {
    assertThat(HttpSettings.on(new InetSocketAddress(0)))
        .isEqualTo(
            new HttpSettings(
                List.of(new InetSocketAddress(0)),
                Optional.empty(),
                Runtime.getRuntime().availableProcessors(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                16_384,
                8192,
                AddressSource.SOCKET,
                List.of(),
                false));
  }

  @Test
  void whatCannotBeIsNamed() {
    HttpSettings s = HttpSettings.on(new InetSocketAddress(0));
    assertThatThrownBy(HttpSettings::on).hasMessageContaining("listen");
    assertThatThrownBy(() -> Rig.connections(s, 0)).hasMessageContaining("maxConnections");
    assertThatThrownBy(() -> Rig.timeouts(s, Duration.ZERO, s.idleTimeout()))
        .hasMessageContaining("requestTimeout");
  }
}
