package dev.muster.server.config;

/** Checks what no single key can: that the values suit one another. */
final class Coherence {

  /** Takes what is wrong between keys. */
  interface Report {
    /**
     * Something does not suit.
     *
     * @param keys those that it is about
     */
    void problem(String what, String... keys);
  }

  static void check(Config config, Report report) {
    Config.Announce announce = config.announce();
    if (announce.minInterval().compareTo(announce.interval()) > 0) {
      report.problem(
          "`announce.min-interval` must not be longer than `announce.interval`",
          "announce.min-interval",
          "announce.interval");
    }
    if (announce.numwantDefault() > announce.numwantMax()) {
      report.problem(
          "`announce.numwant-default` must not be more than `announce.numwant-max`",
          "announce.numwant-default",
          "announce.numwant-max");
    }
    long longest = Math.round(announce.interval().toSeconds() * (1 + announce.intervalJitter()));
    if (config.swarms().peerLifetime().toSeconds() < longest) {
      report.problem(
          "`swarms.peer-lifetime` must be at least %d s, the interval with its jitter: peers would be forgotten between announces"
              .formatted(longest),
          "swarms.peer-lifetime",
          "announce.interval",
          "announce.interval-jitter");
    }
    if (announce.externalIp().size() > 2
        || announce.externalIp().stream().map(Object::getClass).distinct().count()
            < announce.externalIp().size()) {
      report.problem(
          "`announce.external-ip` may have one address of each family", "announce.external-ip");
    }
    if (Integer.bitCount(config.swarms().stripes()) > 1) {
      report.problem("`swarms.stripes` must be a power of two, or 0", "swarms.stripes");
    }
    if (!config.http().trustedProxies().isEmpty()
        && config.http().forwardedHeader() == ForwardedHeader.NONE) {
      report.problem(
          "`http.trusted-proxies` needs `http.forwarded-header`", "http.trusted-proxies");
    }
    if (config.http().trustedProxies().isEmpty()
        && config.http().forwardedHeader() != ForwardedHeader.NONE) {
      report.problem(
          "`http.forwarded-header` needs `http.trusted-proxies`", "http.forwarded-header");
    }
    Config.Tls tls = config.tls();
    if (!tls.listen().isEmpty() && tls.certificate().isEmpty()) {
      report.problem(
          "HTTPS needs `tls.certificate` and `tls.key`, files in PEM", "tls.listen", "tls.key");
    } else if (tls.certificate().isPresent() != tls.key().isPresent()) {
      report.problem(
          "`tls.certificate` and `tls.key` need one another", "tls.certificate", "tls.key");
    }
    config
        .udp()
        .connectionKey()
        .filter(key -> !key.value().matches("[0-9a-fA-F]{32}"))
        .ifPresent(_ ->
            report.problem("`udp.connection-key` must be 32 hex digits", "udp.connection-key"));
    config
        .admin()
        .token()
        .filter(token -> !token.value().matches("[!-~]+"))
        .ifPresent(_ ->
            report.problem("`admin.token` must be visible ASCII without spaces", "admin.token"));
  }

  private Coherence() {}
}
