package dev.muster.server.udp;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket at each of this machine's addresses beside one that hears them all, so that replies
 * leave from the address that was asked: the JDK neither tells which one that was nor lets us say
 * where a reply leaves from. Belongs to one thread.
 *
 * <p>Addresses come and go; until one has been noticed, the socket that hears all answers for it,
 * from where the system likes.
 *
 * <p>Sockets share a port if all of them have {@code SO_REUSEADDR}. Ours have it only for the
 * moment in which another is bound: no other program is to join them.
 */
final class LocalSockets {
  private static final Logger log = LoggerFactory.getLogger(LocalSockets.class);

  /** Reads the addresses of this machine. */
  interface Machine {
    Set<InetAddress> addresses() throws SocketException;
  }

  private final UdpSockets sockets;
  private final DatagramChannel everywhere;
  private final InetSocketAddress bound;
  private final int receiveBufferBytes;
  private final Machine machine;
  private final Map<InetAddress, DatagramChannel> local = new HashMap<>();
  private final Set<InetAddress> refused = new HashSet<>();

  /**
   * @param everywhere the socket that hears all, bound
   * @param machine tells the addresses
   */
  LocalSockets(
      UdpSockets sockets, DatagramChannel everywhere, int receiveBufferBytes, Machine machine)
      throws IOException {
    this.sockets = sockets;
    this.everywhere = everywhere;
    this.bound = (InetSocketAddress) everywhere.getLocalAddress();
    this.receiveBufferBytes = receiveBufferBytes;
    this.machine = machine;
  }

  /** The addresses that this machine has now. */
  static Set<InetAddress> ofThisMachine() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .collect(Collectors.toSet());
  }

  /**
   * Opens sockets at addresses that are new and closes those at addresses that are gone.
   *
   * @return those opened
   */
  List<DatagramChannel> follow() throws IOException {
    Set<InetAddress> now = machine.addresses();
    List<DatagramChannel> gone =
        local.keySet().stream().filter(each -> !now.contains(each)).map(local::get).toList();
    UdpSockets.closeAll(gone);
    local.keySet().retainAll(now);
    refused.retainAll(now);
    List<DatagramChannel> opened = new ArrayList<>();
    for (InetAddress address : now) {
      if (isHeard(address) && !local.containsKey(address)) {
        open(address, opened);
      }
    }
    return opened;
  }

  /** A socket for both families hears all, one bound to 0.0.0.0 IPv4 alone. */
  private boolean isHeard(InetAddress address) {
    return UdpSockets.isEverywhere(bound) || address instanceof Inet4Address;
  }

  private void open(InetAddress address, List<DatagramChannel> opened) throws IOException {
    share(true);
    try {
      DatagramChannel channel =
          sockets.openAt(new InetSocketAddress(address, bound.getPort()), receiveBufferBytes, true);
      local.put(address, channel);
      opened.add(channel);
      refused.remove(address);
    } catch (IOException | UnsupportedOperationException e) {
      if (refused.add(address)) { // said once, tried again and again: it may not be ready yet
        log.debug("no UDP socket of its own for {}: {}", address, e.getMessage());
      }
    } finally {
      share(false);
    }
  }

  private void share(boolean shared) throws IOException {
    everywhere.setOption(StandardSocketOptions.SO_REUSEADDR, shared);
    for (DatagramChannel channel : local.values()) {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, shared);
    }
  }

  /** Closes all but the socket that hears all. */
  void close() {
    UdpSockets.closeAll(List.copyOf(local.values()));
    local.clear();
  }
}
