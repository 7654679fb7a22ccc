package dev.muster.server.http;

import dev.muster.server.tls.TlsOpening;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Where the HTTP door listens with TLS; immutable.
 *
 * @param listen at least one address; port 0 = chosen by the system
 * @param opening what encrypts, as soon as it has been read; the door closes it
 */
public record TlsSettings(List<InetSocketAddress> listen, TlsOpening opening) {
  public TlsSettings {
    listen = List.copyOf(listen);
    if (listen.isEmpty()) {
      throw new IllegalArgumentException("at least one address to listen on with TLS, value=0");
    }
  }
}
