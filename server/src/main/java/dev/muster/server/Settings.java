package dev.muster.server;

import dev.muster.protocol.id.Address;
import dev.muster.server.announce.AnnouncePolicy;
import dev.muster.server.config.ByteSize;
import dev.muster.server.config.Config;
import dev.muster.server.http.AddressSource;
import dev.muster.server.http.HttpSettings;
import dev.muster.server.http.TlsSettings;
import dev.muster.server.udp.UdpSettings;
import dev.muster.swarm.SwarmsConfig;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * From the configuration to the settings that each part of the tracker has of its own: here, and
 * nowhere else, the two meet.
 */
final class Settings {
  static UdpSettings udp(Config.Udp udp, List<InetSocketAddress> listen) {
    return new UdpSettings(
        listen,
        udp.maxReplyBytes(),
        (int) udp.receiveBuffer().bytes(),
        udp.threads() == 0 ? Runtime.getRuntime().availableProcessors() : udp.threads());
  }

  static HttpSettings http(
      Config.Http http, List<InetSocketAddress> listen, Optional<TlsSettings> tls) {
    return new HttpSettings(
        listen,
        tls,
        Runtime.getRuntime().availableProcessors(),
        http.requestTimeout(),
        http.idleTimeout(),
        http.maxConnections(),
        (int) http.maxRequestLine().bytes(),
        switch (http.forwardedHeader()) {
          case NONE -> AddressSource.SOCKET;
          case X_FORWARDED_FOR -> AddressSource.X_FORWARDED_FOR;
          case FORWARDED -> AddressSource.FORWARDED;
          case PROXY_PROTOCOL -> AddressSource.PROXY_PROTOCOL;
        },
        http.trustedProxies(),
        http.trustIpParameter());
  }

  static AnnouncePolicy policy(Config.Announce announce) {
    return new AnnouncePolicy(
        (int) announce.interval().toSeconds(),
        announce.intervalJitter(),
        (int) announce.minInterval().toSeconds(),
        announce.numwantDefault(),
        announce.numwantMax(),
        first(announce.externalIp(), Address.Ipv4.class).orElse(null),
        first(announce.externalIp(), Address.Ipv6.class).orElse(null));
  }

  private static <T> Optional<T> first(List<? super T> list, Class<T> type) {
    return list.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  static SwarmsConfig swarms(Config.Swarms swarms, long seed) {
    long memory = swarmsMemory(swarms);
    SwarmsConfig base =
        SwarmsConfig.forCores(Runtime.getRuntime().availableProcessors(), memory, seed);
    return new SwarmsConfig(
        swarms.stripes() == 0 ? base.stripes() : swarms.stripes(),
        (int) swarms.peerLifetime().toSeconds(),
        (int) (3 * swarms.sessionInterval().toSeconds()),
        memory,
        seed);
  }

  /**
   * Half of the heap by default: the tables live in its old generation, two thirds of it, and are
   * not alone there.
   */
  static long swarmsMemory(Config.Swarms swarms) {
    return swarms.memory().map(ByteSize::bytes).orElse(Runtime.getRuntime().maxMemory() / 2);
  }

  static Path stateDirectory(Config.State state) {
    return state
        .directory()
        .orElseGet(() ->
            StateDirectory.ofUser(
                Optional.ofNullable(System.getenv("XDG_STATE_HOME")),
                System.getProperty("user.home")));
  }

  private Settings() {}
}
