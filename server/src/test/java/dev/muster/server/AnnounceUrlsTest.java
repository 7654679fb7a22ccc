package dev.muster.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.id.Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AnnounceUrlsTest {
  private static final InetSocketAddress EVERYWHERE = at("::", 6969);

  @Test
  void aDoorAtOneAddressHasOneUrl() {
    AnnounceUrls urls = new AnnounceUrls(addresses("203.0.113.1"), addresses("192.0.2.1"));
    assertThat(urls.of("http", at("192.0.2.1", 80)))
        .containsExactly("http://192.0.2.1:80/announce");
    assertThat(urls.of("udp", at("::1", 99))).containsExactly("udp://[::1]:99/announce");
  }

  @Test
  void addressesThatOutsidersCanUseComeFirstAndAlone() {
    AnnounceUrls urls =
        new AnnounceUrls(List.of(), addresses("10.0.0.5", "2001:db8::5", "192.0.2.1"));
    assertThat(urls.of("udp", EVERYWHERE))
        .containsExactly("udp://192.0.2.1:6969/announce", "udp://[2001:db8::5]:6969/announce");
  }

  @Test
  void withoutOneThePrivateAddressesDo() {
    AnnounceUrls urls = new AnnounceUrls(List.of(), addresses("fd00::5", "10.0.0.5"));
    assertThat(urls.of("udp", EVERYWHERE))
        .containsExactly("udp://10.0.0.5:6969/announce", "udp://[fd00::5]:6969/announce");
    assertThat(new AnnounceUrls(List.of(), List.of()).of("udp", EVERYWHERE))
        .containsExactly("udp://127.0.0.1:6969/announce");
  }

  @Test
  void theExternalAddressStandsForTheMachine() {
    AnnounceUrls urls = new AnnounceUrls(addresses("203.0.113.1"), addresses("10.0.0.5"));
    assertThat(urls.of("http", EVERYWHERE)).containsExactly("http://203.0.113.1:6969/announce");
  }

  @Test
  void anIpv4DoorHasNoIpv6Url() {
    AnnounceUrls urls = new AnnounceUrls(List.of(), addresses("192.0.2.1", "2001:db8::5"));
    assertThat(urls.of("http", at("0.0.0.0", 6969)))
        .containsExactly("http://192.0.2.1:6969/announce");
  }

  private static List<Address> addresses(String... literals) {
    return Stream.of(literals).map(InetAddress::ofLiteral).map(Address::of).toList();
  }

  private static InetSocketAddress at(String literal, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
  }
}
