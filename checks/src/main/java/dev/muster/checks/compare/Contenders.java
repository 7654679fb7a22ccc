package dev.muster.checks.compare;

import static dev.muster.checks.compare.Door.HTTP;
import static dev.muster.checks.compare.Door.HTTP_ONESHOT;
import static dev.muster.checks.compare.Door.UDP;

import dev.muster.checks.compare.Contender.Kind;
import dev.muster.checks.compare.Contender.Recipe;
import dev.muster.checks.floor.BareNetty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * Everybody there is to compare. They are set up alike: one thread (or as many as asked for) that
 * answers, 30 peers or more a reply, no access list, no statistics, and peers that live longer than
 * the run.
 */
final class Contenders {
  static List<Contender> all() {
    return List.of(
        new Contender("muster", Kind.MUSTER, EnumSet.allOf(Door.class), muster(0)),
        new Contender("muster-2", Kind.VARIANT, EnumSet.of(UDP), muster(2)),
        new Contender("muster-nio", Kind.VARIANT, EnumSet.of(UDP), musterNio()),
        new Contender("opentracker", Kind.TRACKER, EnumSet.of(UDP, HTTP_ONESHOT), opentracker()),
        new Contender("aquatic_udp", Kind.TRACKER, EnumSet.of(UDP), aquaticUdp(false)),
        new Contender("aquatic_udp-uring", Kind.TRACKER, EnumSet.of(UDP), aquaticUdp(true)),
        new Contender("aquatic_http", Kind.TRACKER, EnumSet.of(HTTP, HTTP_ONESHOT), aquaticHttp()),
        new Contender("chihaya", Kind.TRACKER, EnumSet.allOf(Door.class), chihaya()),
        new Contender(
            "bittorrent-tracker", Kind.TRACKER, EnumSet.allOf(Door.class), bittorrentTracker()),
        new Contender("c-loop", Kind.FLOOR, EnumSet.of(UDP), floor("c/loop")),
        new Contender("c-echo", Kind.FLOOR, EnumSet.of(UDP), floor("c/echo")),
        new Contender("netty", Kind.FLOOR, EnumSet.of(HTTP, HTTP_ONESHOT), bareNetty()));
  }

  /**
   * The launcher of this repository, which becomes the JVM.
   *
   * @param threads that answer over UDP, or 0 for as many as the run says
   */
  private static Recipe muster(int threads) {
    return setting -> Optional.of(muster(setting, threads == 0 ? setting.threads() : threads));
  }

  private static List<String> muster(Setting setting, int threads) {
    boolean udp = setting.door() == UDP;
    List<String> words = new ArrayList<>();
    words.add(setting.root().resolve("muster").toString());
    words.addAll(List.of("serve", "--admin", "off"));
    words.addAll(List.of("--udp", udp ? "127.0.0.1:" + setting.port() : "off"));
    words.addAll(List.of("--http", "127.0.0.1:" + (udp ? setting.httpPort() : setting.port())));
    words.addAll(List.of("--set", "state.directory=" + setting.scratch()));
    if (udp) {
      words.addAll(List.of("--set", "udp.threads=" + threads));
    }
    return words;
  }

  private static Recipe musterNio() {
    return setting -> {
      List<String> words = new ArrayList<>(muster(setting, 1));
      Collections.addAll(words, "--set", "udp.io=portable");
      return Optional.of(words);
    };
  }

  private static Recipe opentracker() {
    return setting -> {
      String at = "127.0.0.1:" + setting.port();
      String file =
          setting.write(
              "opentracker.conf",
              "listen.udp.workers %d\nlisten.udp %s\nlisten.tcp %s\n"
                  .formatted(setting.threads(), at, at));
      return setting
          .find("opentracker/opentracker")
          .map(program -> List.of(program.toString(), "-f", file));
    };
  }

  private static Recipe aquaticUdp(boolean uring) {
    return setting -> {
      String file =
          setting.write(
              "aquatic_udp.toml",
              """
              socket_workers = %d
              [network]
              use_ipv6 = false
              address_ipv4 = "127.0.0.1:%d"
              [protocol]
              max_response_peers = 200
              [cleaning]
              max_peer_age = 7200
              """
                  .formatted(setting.threads(), setting.port()));
      Optional<Path> program =
          uring
              ? setting.find("aquatic/uring/aquatic_udp", "aquatic_udp-uring")
              : setting.find("aquatic/target/release/aquatic_udp");
      return program.map(found -> Setting.withLockedMemory(found, "-c", file));
    };
  }

  private static Recipe aquaticHttp() {
    return setting -> {
      String file =
          setting.write(
              "aquatic_http.toml",
              """
              socket_workers = %d
              swarm_workers = 1
              [network]
              use_ipv6 = false
              address_ipv4 = "127.0.0.1:%d"
              keep_alive = %s
              [protocol]
              max_peers = 200
              [cleaning]
              max_peer_age = 7200
              """
                  .formatted(setting.threads(), setting.port(), setting.door() == HTTP));
      return setting
          .find("aquatic/target/release/aquatic_http")
          .map(found -> Setting.withLockedMemory(found, "-c", file));
    };
  }

  private static Recipe chihaya() {
    return setting -> {
      String limits = "    max_numwant: 200\n    default_numwant: 50\n";
      String door =
          setting.door() == UDP
              ? "  udp:\n    addr: \"127.0.0.1:%d\"\n    private_key: \"of this measurement\"\n"
              : """
                http:
                  addr: "127.0.0.1:%d"
                  read_timeout: "10s"
                  write_timeout: "10s"
                  enable_keepalive: KEPT
                  idle_timeout: "60s"
                  announce_routes: ["/announce"]
                  scrape_routes: ["/scrape"]
              """
                  .replace("KEPT", Boolean.toString(setting.door() == HTTP));
      String storage =
          """
            storage:
              name: memory
              config:
                gc_interval: 3m
                peer_lifetime: 2h
                shard_count: 1024
                prometheus_reporting_interval: 1m
          """;
      String file =
          setting.write(
              "chihaya.yaml",
              "chihaya:\n  announce_interval: 30m\n  min_announce_interval: 15m\n"
                  + door.formatted(setting.port())
                  + limits
                  + storage);
      return setting
          .find("chihaya/chihaya")
          .map(program ->
              List.of(
                  "env", "GOMAXPROCS=" + setting.threads(), program.toString(), "--config", file));
    };
  }

  /** Its own command also loads the client, with native WebRTC; the server is enough. */
  private static Recipe bittorrentTracker() {
    return setting -> {
      Optional<Path> library =
          setting.find(
              "npm/node_modules/bittorrent-tracker/server.js",
              "node_modules/bittorrent-tracker/server.js");
      Optional<Path> node = setting.find("node");
      if (library.isEmpty() || node.isEmpty()) {
        return Optional.empty();
      }
      String script =
          """
          import Server from '%s'
          const server = new Server({ udp: %s, http: %s, ws: false, stats: false })
          server.on('error', error => console.error(error))
          server.on('warning', () => {})
          server.listen(%d, { http: '127.0.0.1', udp: '127.0.0.1', udp6: '::1' })
          """
              .formatted(
                  library.get().toUri(),
                  setting.door() == UDP,
                  setting.door() != UDP,
                  setting.port());
      return Optional.of(
          List.of(node.get().toString(), setting.write("bittorrent-tracker.mjs", script)));
    };
  }

  private static Recipe floor(String place) {
    return setting ->
        setting
            .find(place, "muster-" + Path.of(place).getFileName())
            .map(program -> List.of(program.toString(), Integer.toString(setting.port())));
  }

  /** In this program's own class path, like the JVM that runs it. */
  private static Recipe bareNetty() {
    return setting ->
        Optional.of(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                BareNetty.class.getName(),
                Integer.toString(setting.port())));
  }

  private Contenders() {}
}
