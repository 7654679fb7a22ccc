package dev.muster.server.http;

import dev.muster.protocol.id.Network;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the HTTP door is run; immutable.
 *
 * @param listen where it listens; port 0 = chosen by the system
 * @param tls where it listens with TLS, if it does; the limits are of both together
 * @param threads event loops, 1 and up
 * @param requestTimeout how long a request may take from its first byte to its last, and a client
 *     to take an answer
 * @param idleTimeout how long a connection is kept between requests
 * @param maxConnections connections held at once, 1 and up; further ones get a 503
 * @param maxRequestLine bytes of a request line, 512 and up
 * @param addressSource where clients' addresses are taken from
 * @param trustedProxies from whom to take them; nobody else's word is believed
 * @param trustIpParameter whether {@code ip=}, {@code ipv4=} and {@code ipv6=} are believed: then
 *     anybody can enter anybody else as a peer
 */
public record HttpSettings(
    List<InetSocketAddress> listen,
    Optional<TlsSettings> tls,
    int threads,
    Duration requestTimeout,
    Duration idleTimeout,
    int maxConnections,
    int maxRequestLine,
    AddressSource addressSource,
    List<Network> trustedProxies,
    boolean trustIpParameter) {

  public HttpSettings {
    listen = List.copyOf(listen);
    trustedProxies = List.copyOf(trustedProxies);
    require(!listen.isEmpty() || tls.isPresent(), "at least one address to listen on", 0);
    require(threads >= 1, "threads must be 1 and up", threads);
    require(
        requestTimeout.isPositive(), "requestTimeout must be positive", requestTimeout.toMillis());
    require(idleTimeout.isPositive(), "idleTimeout must be positive", idleTimeout.toMillis());
    require(maxConnections >= 1, "maxConnections must be 1 and up", maxConnections);
    require(maxRequestLine >= 512, "maxRequestLine must be 512 and up", maxRequestLine);
  }

  /** The defaults, listening here. */
  public static HttpSettings on(InetSocketAddress... listen) {
    return new HttpSettings(
        List.of(listen),
        Optional.empty(),
        Runtime.getRuntime().availableProcessors(),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        16_384,
        8192,
        AddressSource.SOCKET,
        List.of(),
        false);
  }

  private static void require(boolean holds, String message, long value) {
    if (!holds) {
      throw new IllegalArgumentException(message + ", value=" + value);
    }
  }
}
