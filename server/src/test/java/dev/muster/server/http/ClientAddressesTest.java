package dev.muster.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.id.Address;
import dev.muster.protocol.id.Network;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressesTest {
  private static final List<Network> TRUSTED =
      Stream.of("10.0.0.0/8", "::1", "2001:db8:cafe::/48")
          .map(text -> Network.parse(text).orElseThrow())
          .toList();

  private static String client(AddressSource source, String hop, String name, String... lines) {
    HttpHeaders headers = new DefaultHttpHeaders();
    for (String line : lines) {
      headers.add(name, line);
    }
    return new ClientAddresses(source, TRUSTED)
        .of(Address.parse(hop).orElseThrow(), headers)
        .map(Address::toString)
        .orElse("nobody");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.1                     | 192.0.2.1",
        "6.6.6.6, 192.0.2.1            | 192.0.2.1",
        "6.6.6.6,192.0.2.1,10.9.9.9    | 192.0.2.1",
        "192.0.2.1:5555                | 192.0.2.1",
        "[2001:db8::7]:5555            | 2001:db8::7",
        "2001:db8::7                   | 2001:db8::7",
        "::ffff:192.0.2.1              | 192.0.2.1",
        "10.1.1.1, 10.2.2.2            | 10.1.1.1",
        "6.6.6.6, unknown, 10.2.2.2    | nobody",
        "6.6.6.6, unknown              | nobody",
        "6.6.6.6,                      | nobody",
        "example.org                   | nobody",
        "''                            | nobody",
        "\"6.6.6.6\"                   | nobody"
      })
  void theRightMostAddressThatIsNotAProxysIsTheClientAndNobodyIfItIsNotTold(
      String header, String client) {
    assertThat(client(AddressSource.X_FORWARDED_FOR, "10.0.0.1", "X-Forwarded-For", header))
        .isEqualTo(client);
  }

  @Test
  void severalHeaderLinesAreOneList() {
    assertThat(
            client(
                AddressSource.X_FORWARDED_FOR,
                "10.0.0.1",
                "x-forwarded-for",
                "6.6.6.6",
                "192.0.2.1, 10.3.3.3",
                "10.4.4.4"))
        .isEqualTo("192.0.2.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "for=192.0.2.1                                          | 192.0.2.1",
        "For=192.0.2.1;proto=http;by=10.0.0.1                   | 192.0.2.1",
        "proto=http; for=\"192.0.2.1:4711\"                     | 192.0.2.1",
        "for=\"[2001:db8::17]:4711\"                            | 2001:db8::17",
        "for=\"[2001:db8::17]\"                                 | 2001:db8::17",
        "for=6.6.6.6, for=192.0.2.1, for=\"[2001:db8:cafe::1]\" | 192.0.2.1",
        "for=6.6.6.6, for=_hidden                               | nobody",
        "for=6.6.6.6, for=unknown                               | nobody",
        "for=6.6.6.6, proto=https                               | nobody",
        "for=6.6.6.6;by=\"x, for=7.7.7.7\"                      | 6.6.6.6",
        "for=\"192.0.2\\.1\"                                    | 192.0.2.1",
        "for=\"192.0.2.1                                        | nobody",
        "for=                                                   | nobody",
        "=;,=;,                                                 | nobody"
      })
  void forwardedIsReadAsItsRfcSays(String header, String client) {
    assertThat(client(AddressSource.FORWARDED, "10.0.0.1", "Forwarded", header)).isEqualTo(client);
  }

  @Test
  void aStrangersHeaderIsNotRead() {
    assertThat(client(AddressSource.X_FORWARDED_FOR, "203.0.113.5", "X-Forwarded-For", "6.6.6.6"))
        .isEqualTo("203.0.113.5");
    assertThat(client(AddressSource.FORWARDED, "203.0.113.5", "Forwarded", "for=6.6.6.6"))
        .isEqualTo("203.0.113.5");
    assertThat(client(AddressSource.SOCKET, "10.0.0.1", "X-Forwarded-For", "6.6.6.6"))
        .isEqualTo("10.0.0.1");
  }

  @Test
  void onlyTheConfiguredHeaderIsRead() {
    assertThat(client(AddressSource.X_FORWARDED_FOR, "10.0.0.1", "Forwarded", "for=6.6.6.6"))
        .isEqualTo("10.0.0.1");
    assertThat(client(AddressSource.FORWARDED, "10.0.0.1", "X-Forwarded-For", "6.6.6.6"))
        .isEqualTo("10.0.0.1");
  }

  @Test
  void anEndlessListIsReadFromItsEnd() {
    assertThat(
            client(
                AddressSource.X_FORWARDED_FOR,
                "10.0.0.1",
                "X-Forwarded-For",
                "6.6.6.6, ".repeat(800) + "192.0.2.1, 10.0.0.9"))
        .isEqualTo("192.0.2.1");
  }
}
