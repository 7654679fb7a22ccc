package dev.muster.server.observe;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How the operator's port is served; immutable.
 *
 * @param address where it listens; port 0 lets the system choose
 * @param token what a caller must show to see anything but {@code /healthz}: visible ASCII; may be
 *     left out on loopback only
 * @param hosts names and addresses by which callers may address the port, besides {@code
 *     localhost}, loopback addresses and the address a caller has connected to; without ports
 * @param maxConnections connections held at a time, 1 and up; at the limit a newcomer takes the
 *     place of the oldest that has not shown the token yet
 * @param timeout how long a request may take to arrive, and its answer to be taken; above 0
 */
public record OperatorSettings(
    InetSocketAddress address,
    Optional<String> token,
    Set<String> hosts,
    int maxConnections,
    Duration timeout) {

  /** {@code maxConnections} unless the operator says otherwise. */
  public static final int DEFAULT_MAX_CONNECTIONS = 64;

  /** {@code timeout} unless the operator says otherwise. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is out of its range, the address is unresolved, or the
   *     port could be reached from other machines without a token
   */
  public OperatorSettings {
    hosts = Set.copyOf(hosts);
    require(!address.isUnresolved(), "the operator port's address is not known, address=", address);
    require(
        token.isPresent() || address.getAddress().isLoopbackAddress(),
        "the operator port needs a token on an address other than loopback, address=",
        address);
    require(
        token.isEmpty() || token.get().chars().allMatch(c -> c > ' ' && c < 0x7f),
        "the operator's token must be visible ASCII without spaces, length=",
        token.map(String::length).orElse(0));
    require(token.isEmpty() || !token.get().isEmpty(), "the operator's token is empty, length=", 0);
    require(maxConnections >= 1, "maxConnections must be 1 or more, value=", maxConnections);
    require(timeout.isPositive(), "timeout must be above 0, value=", timeout);
  }

  /** Everything by default at this address; the token is needed unless it is a loopback one. */
  public static OperatorSettings at(InetSocketAddress address, Optional<String> token) {
    return new OperatorSettings(address, token, Set.of(), DEFAULT_MAX_CONNECTIONS, DEFAULT_TIMEOUT);
  }

  /** Everything but the token, so that it does not find its way into a log. */
  @Override
  public String toString() {
    return "OperatorSettings[address=%s, token=%s, hosts=%s, maxConnections=%d, timeout=%s]"
        .formatted(address, token.isPresent() ? "set" : "none", hosts, maxConnections, timeout);
  }

  private static void require(boolean holds, String message, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(message + value);
    }
  }
}
