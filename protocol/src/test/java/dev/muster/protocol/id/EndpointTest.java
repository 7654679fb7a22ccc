package dev.muster.protocol.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1:6881, 192.0.2.1:6881",
    "192.0.2.1, 192.0.2.1:0",
    "[2001:db8::1]:80, [2001:db8::1]:80",
    "[2001:db8::1], [2001:db8::1]:0",
    "2001:db8::1, [2001:db8::1]:0",
    "::ffff:192.0.2.1, 192.0.2.1:0",
    "1.2.3.4:65535, 1.2.3.4:65535"
  })
  void anEndpointIsReadWithOrWithoutAPort(String text, String canonical) {
    assertThat(Endpoint.parse(text)).map(Endpoint::toString).contains(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        ":80",
        "1.2.3.4:",
        "1.2.3.4:65536",
        "1.2.3.4:-1",
        "1.2.3.4:x",
        "1.2.3.4:123456",
        "[::1",
        "::1]",
        "[::1]:",
        "[::1]80",
        "[::1]:99999",
        "[]:1",
        "[]",
        "host:80",
        "[[::1]]"
      })
  void whatIsNotAnEndpointIsNotRead(String text) {
    assertThat(Endpoint.parse(text)).isEmpty();
  }

  @Test
  void aPortOutOfRangeIsNamed() {
    assertThatThrownBy(() -> new Endpoint(new Address.Ipv4(1), 65536))
        .hasMessageContaining("port=65536");
  }
}
