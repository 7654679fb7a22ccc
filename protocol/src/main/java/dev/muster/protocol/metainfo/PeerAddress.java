package dev.muster.protocol.metainfo;

/**
 * Where a peer is to be reached, as a link says it: the host may be a name.
 *
 * @param host an IPv4 address, an IPv6 address without brackets, or a name
 * @param port 1 to 65535
 */
public record PeerAddress(String host, int port) {
  /**
   * Checks the port.
   *
   * @throws IllegalArgumentException if it is not a port, or the host is empty
   */
  public PeerAddress {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("a port is 1 to 65535, port=" + port);
    }
    if (host.isEmpty()) {
      throw new IllegalArgumentException("a peer's host is not empty");
    }
  }
}
