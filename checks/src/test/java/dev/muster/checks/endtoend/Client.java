package dev.muster.checks.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One maker's BitTorrent program, with every way to find peers switched off but the tracker: no
 * DHT, no local discovery, no peer exchange, no port mapping.
 */
enum Client {
  /** {@code aria2c}. Speaks UDP to IPv4 trackers only. */
  ARIA2(true) {
    @Override
    Optional<String> missing() {
      return Program.missing("aria2c");
    }

    @Override
    List<String> command(Place place, Path torrent, boolean ipv6) {
      return List.of(
          "aria2c",
          "--ca-certificate=" + place.trusted(),
          "--no-conf",
          "--dir=" + place.data(),
          "--file-allocation=none",
          "--check-integrity=true",
          "--seed-ratio=0",
          "--listen-port=" + Ports.free(),
          // Its UDP tracker client lives in its DHT socket; a private torrent does not use the DHT.
          "--enable-dht=true",
          "--enable-dht6=false",
          "--dht-listen-port=" + Ports.free(),
          "--dht-file-path=" + place.home().resolve("dht.dat"),
          "--bt-enable-lpd=false",
          "--enable-peer-exchange=false",
          "--console-log-level=info",
          "--summary-interval=0",
          torrent.toString());
    }
  },

  /**
   * {@code transmission-daemon}. Never dials a loopback address (it calls them martian), but
   * answers when dialled; speaks UDP to IPv4 trackers only.
   */
  TRANSMISSION(false) {
    @Override
    Optional<String> missing() {
      return Program.missing("transmission-daemon");
    }

    @Override
    List<String> command(Place place, Path torrent, boolean ipv6) {
      Path watched = place.home().resolve("watched");
      place.write("watched/the.torrent", Place.read(torrent));
      place.write(
          "settings.json",
          """
          {
            "dht-enabled": false,
            "lpd-enabled": false,
            "pex-enabled": false,
            "utp-enabled": false,
            "port-forwarding-enabled": false,
            "rpc-enabled": false,
            "watch-dir-enabled": true,
            "watch-dir": "%s",
            "download-dir": "%s",
            "incomplete-dir-enabled": false,
            "rename-partial-files": false,
            "ratio-limit-enabled": false,
            "peer-port": %d,
            "peer-port-random-on-start": false,
            "message-level": 3
          }
          """
              .formatted(watched, place.data(), Ports.free())
              .getBytes(java.nio.charset.StandardCharsets.UTF_8));
      return List.of(
          "env",
          "CURL_CA_BUNDLE=" + place.trusted(),
          "transmission-daemon",
          "--foreground",
          "--config-dir",
          place.home().toString());
    }
  },

  /** libtorrent through its Python binding, the engine of qBittorrent. */
  LIBTORRENT(true) {
    private static final String PYTHON = "/usr/bin/python3";

    @Override
    Optional<String> missing() {
      return Program.missing(PYTHON, "-c", "import libtorrent")
          .map(reason -> "python3-libtorrent is not installed: " + reason);
    }

    @Override
    List<String> command(Place place, Path torrent, boolean ipv6) {
      return List.of(
          PYTHON,
          Path.of("src/test/python/libtorrent_peer.py").toAbsolutePath().toString(),
          torrent.toString(),
          place.data().toString(),
          ipv6 ? "[::1]" : "127.0.0.1",
          place.trusted().toString());
    }
  };

  private final boolean dialsLoopback;

  Client(boolean dialsLoopback) {
    this.dialsLoopback = dialsLoopback;
  }

  /** Whether it opens connections to peers at loopback addresses. */
  boolean dialsLoopback() {
    return dialsLoopback;
  }

  /** Whether it can read the peers of this kind of tracker. */
  boolean speaks(Introduction introduction) {
    return introduction != Introduction.UDP_IPV6 || this == LIBTORRENT;
  }

  /** Whether it tells the tracker when it is asked to end. */
  boolean saysStopped(Introduction introduction) {
    // Transmission 3.00 ends before its HTTP client has begun with that announce.
    return this != TRANSMISSION || introduction.scheme().equals("udp");
  }

  /** Asks it to end, in the way it leaves its swarm in good order. */
  boolean ends(OwnProcess process, Duration deadline) {
    // aria2 takes SIGTERM for "at once, tell nobody".
    return this == ARIA2 ? process.endsWhenInterrupted(deadline) : process.endsWhenAsked(deadline);
  }

  /** Why it cannot run here, if it cannot. */
  abstract Optional<String> missing();

  abstract List<String> command(Place place, Path torrent, boolean ipv6);

  /**
   * One run's directory.
   *
   * @param home holds all of it
   */
  record Place(Path home) {
    static final String TRUSTED = "trusted.crt";

    Path data() {
      return home.resolve("data");
    }

    /** Certificates that the client is to believe; none unless the tracker needs it. */
    Path trusted() {
      return home.resolve(TRUSTED);
    }

    Path content() {
      return data().resolve(Torrent.NAME);
    }

    void write(String name, byte[] bytes) {
      try {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    static byte[] read(Path file) {
      try {
        return Files.readAllBytes(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
