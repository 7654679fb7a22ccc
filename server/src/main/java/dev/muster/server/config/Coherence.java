package dev.muster.server.config;

import java.util.List;

/** Checks what no single key can: that the values suit one another. */
final class Coherence {

  static void check(Config config, List<String> problems) {
    Config.Announce announce = config.announce();
    if (announce.minInterval().compareTo(announce.interval()) > 0) {
      problems.add("`announce.min-interval` must not be longer than `announce.interval`");
    }
    if (announce.numwantDefault() > announce.numwantMax()) {
      problems.add("`announce.numwant-default` must not be more than `announce.numwant-max`");
    }
    long longest = Math.round(announce.interval().toSeconds() * (1 + announce.intervalJitter()));
    if (config.swarms().peerLifetime().toSeconds() < longest) {
      problems.add(
          "`swarms.peer-lifetime` must be at least %d s, the interval with its jitter: peers would be forgotten between announces"
              .formatted(longest));
    }
    if (announce.externalIp().size() > 2
        || announce.externalIp().stream().map(Object::getClass).distinct().count()
            < announce.externalIp().size()) {
      problems.add("`announce.external-ip` may have one address of each family");
    }
    if (Integer.bitCount(config.swarms().stripes()) > 1) {
      problems.add("`swarms.stripes` must be a power of two, or 0");
    }
    if (!config.http().trustedProxies().isEmpty()
        && config.http().forwardedHeader() == ForwardedHeader.NONE) {
      problems.add("`http.trusted-proxies` needs `http.forwarded-header`");
    }
    if (config.http().trustedProxies().isEmpty()
        && config.http().forwardedHeader() != ForwardedHeader.NONE) {
      problems.add("`http.forwarded-header` needs `http.trusted-proxies`");
    }
    config
        .udp()
        .connectionKey()
        .filter(key -> !key.value().matches("[0-9a-fA-F]{32}"))
        .ifPresent(_ -> problems.add("`udp.connection-key` must be 32 hex digits"));
    config
        .admin()
        .token()
        .filter(token -> !token.value().matches("[!-~]+"))
        .ifPresent(_ -> problems.add("`admin.token` must be visible ASCII without spaces"));
  }

  private Coherence() {}
}
