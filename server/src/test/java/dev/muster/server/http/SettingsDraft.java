package dev.muster.server.http;

import dev.muster.protocol.id.Network;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Settings that a test changes one by one. */
final class SettingsDraft {
  List<InetSocketAddress> listen;
  Optional<TlsSettings> tls;
  int threads;
  Duration requestTimeout;
  Duration idleTimeout;
  int maxConnections;
  int maxRequestLine;
  AddressSource addressSource;
  List<Network> trustedProxies;
  boolean trustIpParameter;

  private SettingsDraft(HttpSettings settings) {
    listen = settings.listen();
    tls = settings.tls();
    threads = settings.threads();
    requestTimeout = settings.requestTimeout();
    idleTimeout = settings.idleTimeout();
    maxConnections = settings.maxConnections();
    maxRequestLine = settings.maxRequestLine();
    addressSource = settings.addressSource();
    trustedProxies = settings.trustedProxies();
    trustIpParameter = settings.trustIpParameter();
  }

  /** These settings, but for the changes. */
  static HttpSettings of(HttpSettings settings, Consumer<SettingsDraft> changes) {
    SettingsDraft draft = new SettingsDraft(settings);
    changes.accept(draft);
    return new HttpSettings(
        draft.listen,
        draft.tls,
        draft.threads,
        draft.requestTimeout,
        draft.idleTimeout,
        draft.maxConnections,
        draft.maxRequestLine,
        draft.addressSource,
        draft.trustedProxies,
        draft.trustIpParameter);
  }
}
