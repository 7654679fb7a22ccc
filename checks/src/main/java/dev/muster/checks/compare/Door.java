package dev.muster.checks.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How announces come. */
enum Door {
  UDP("udp", "UDP announce", 256, 1_000_000),
  HTTP("http", "HTTP announce, connections kept", 128, 200_000),
  HTTP_ONESHOT("http-oneshot", "HTTP announce, a connection each", 128, 200_000);

  /** The generator's word, and the command line's. */
  final String word;

  final String title;

  /** Requests on the way at any time, unless told otherwise. */
  final int outstanding;

  /** Peers, unless told otherwise; a tenth as many swarms. */
  final int peers;

  Door(String word, String title, int outstanding, int peers) {
    this.word = word;
    this.title = title;
    this.outstanding = outstanding;
    this.peers = peers;
  }

  static Optional<Door> named(String word) {
    return Arrays.stream(values()).filter(door -> door.word.equals(word)).findFirst();
  }

  static List<Door> all() {
    return List.of(values());
  }
}
