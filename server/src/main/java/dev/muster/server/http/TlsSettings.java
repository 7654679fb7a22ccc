package dev.muster.server.http;

import dev.muster.server.tls.TlsFiles;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;

/**
 * Where the HTTP door listens with TLS; immutable.
 *
 * @param listen at least one address; port 0 = chosen by the system
 * @param files certificate and key
 * @param clock the time of day, by which a certificate is good or not
 */
public record TlsSettings(List<InetSocketAddress> listen, TlsFiles files, InstantSource clock) {
  public TlsSettings {
    listen = List.copyOf(listen);
    if (listen.isEmpty()) {
      throw new IllegalArgumentException("at least one address to listen on with TLS, value=0");
    }
  }
}
