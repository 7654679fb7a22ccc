package dev.muster.server.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalSocketsTest {
  private final UdpSockets sockets = new UdpSockets(DatagramChannel::open);
  private final Set<InetAddress> machine = new HashSet<>();
  private DatagramChannel everywhere;
  private LocalSockets local;

  @BeforeEach
  void open() throws IOException {
    everywhere =
        sockets.openAt(new InetSocketAddress(InetAddress.getByName("0.0.0.0"), 0), 4096, false);
    local = new LocalSockets(sockets, everywhere, 4096, () -> machine);
  }

  @AfterEach
  void close() throws IOException {
    local.close();
    everywhere.close();
  }

  @Test
  void addressesThatComeAndGoAreFollowed() throws IOException {
    machine.addAll(List.of(address("127.0.0.2"), address("127.0.0.3")));
    List<DatagramChannel> first = local.follow();
    assertThat(first).hasSize(2).allMatch(DatagramChannel::isOpen);

    machine.remove(address("127.0.0.2"));
    machine.add(address("127.0.0.4"));
    List<DatagramChannel> second = local.follow();

    assertThat(second).singleElement().matches(DatagramChannel::isOpen);
    assertThat(bound(second.getFirst())).isEqualTo(new InetSocketAddress("127.0.0.4", port()));
    assertThat(first).filteredOn(DatagramChannel::isOpen).hasSize(1);
    assertThat(local.follow()).isEmpty();
  }

  @Test
  void anAddressThatCannotBeBoundIsTriedAgain() throws IOException {
    machine.add(address("192.0.2.77"));
    machine.add(address("127.0.0.2"));
    assertThat(local.follow()).hasSize(1);
    assertThat(local.follow()).isEmpty();
  }

  @Test
  void noOtherProgramCanJoinThePort() throws IOException {
    machine.add(address("127.0.0.2"));
    local.follow();
    for (String host : List.of("0.0.0.0", "127.0.0.2", "127.0.0.5")) {
      InetSocketAddress taken = new InetSocketAddress(host, port());
      assertThatExceptionOfType(BindException.class)
          .as(host)
          .isThrownBy(() -> sockets.openAt(taken, 4096, true));
    }
  }

  @Test
  void allButTheOneThatHearsAllAreClosed() throws IOException {
    machine.add(address("127.0.0.2"));
    List<DatagramChannel> opened = local.follow();
    local.close();
    assertThat(opened).noneMatch(DatagramChannel::isOpen);
    assertThat(everywhere.isOpen()).isTrue();
  }

  private int port() throws IOException {
    return bound(everywhere).getPort();
  }

  private static InetSocketAddress bound(DatagramChannel channel) throws IOException {
    return (InetSocketAddress) channel.getLocalAddress();
  }

  private static InetAddress address(String text) throws IOException {
    return InetAddress.getByName(text);
  }
}
