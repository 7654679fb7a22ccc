package dev.muster.server.http;

import dev.muster.protocol.id.Address;
import dev.muster.protocol.id.Network;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Optional;

/**
 * Says whom a request is from. A header is believed as far as trusted proxies have written it: from
 * the right, over the addresses of trusted proxies, to the first that is another's. Only the one
 * header that was configured is read, because a proxy that sets one passes the others on as its
 * client wrote them. Thread-safe.
 */
final class ClientAddresses {
  private static final AsciiString X_FORWARDED_FOR = AsciiString.cached("x-forwarded-for");
  private static final AsciiString FORWARDED = AsciiString.cached("forwarded");

  private final AddressSource source;
  private final List<Network> trusted;

  ClientAddresses(AddressSource source, List<Network> trusted) {
    this.source = source;
    this.trusted = List.copyOf(trusted);
  }

  /** Whether a connection from this address has to begin with a PROXY header. */
  boolean expectsProxyHeader(Address socket) {
    return source == AddressSource.PROXY_PROTOCOL && isTrusted(socket);
  }

  /**
   * The client of a request; nobody if the proxies' chain breaks off before it: at a hop that is
   * {@code unknown}, hidden or no address. The proxy before it must not stand in for it, or all
   * such clients would be one peer at the proxy's address. Without the header the proxy speaks for
   * itself, and if all in it are trusted proxies the left-most is the client.
   *
   * @param hop who the connection is from
   */
  Optional<Address> of(Address hop, HttpHeaders headers) {
    return switch (source) {
      case SOCKET, PROXY_PROTOCOL -> Optional.of(hop);
      case X_FORWARDED_FOR ->
          isTrusted(hop)
              ? client(hop, ForwardedText.xForwardedFor(headers.getAll(X_FORWARDED_FOR)))
              : Optional.of(hop);
      case FORWARDED ->
          isTrusted(hop)
              ? client(hop, ForwardedText.forwarded(headers.getAll(FORWARDED)))
              : Optional.of(hop);
    };
  }

  /** Whether the request names a client that it may have been forwarded for. */
  static boolean isForwarded(HttpHeaders headers) {
    return headers.contains(X_FORWARDED_FOR) || headers.contains(FORWARDED);
  }

  private Optional<Address> client(Address hop, List<Optional<Address>> hops) {
    Address client = hop;
    for (int i = hops.size() - 1; i >= 0 && isTrusted(client); i--) {
      Optional<Address> before = hops.get(i);
      if (before.isEmpty()) {
        return before;
      }
      client = before.get();
    }
    return Optional.of(client);
  }

  private boolean isTrusted(Address address) {
    for (Network network : trusted) {
      if (network.contains(address)) {
        return true;
      }
    }
    return false;
  }
}
