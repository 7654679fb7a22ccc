package dev.muster.checks.endtoend;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A seeder, a downloader, and the way they are to be introduced.
 *
 * @param seeder starts with the file
 * @param downloader ends with it
 * @param introduction the one tracker URL in their torrent
 */
record Transfer(Client seeder, Client downloader, Introduction introduction) {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  /**
   * Whether it can be had on loopback: both can read the tracker's answer, and one of them dials
   * the other.
   */
  boolean isPossible() {
    return seeder.speaks(introduction)
        && downloader.speaks(introduction)
        && (seeder.dialsLoopback() || downloader.dialsLoopback());
  }

  /**
   * Lets it happen, and everybody leave. Who comes second is told of who came first, so the one
   * that dials comes second.
   */
  void run(Tracker tracker, Torrent torrent, Path home) {
    try (Peer first =
        downloader.dialsLoopback()
            ? seed(tracker, torrent, home)
            : download(tracker, torrent, home)) {
      Await.until(
          DEADLINE,
          () ->
              tracker
                  .scrape(torrent.infoHash())
                  .equals(downloader.dialsLoopback() ? new Scrape(1, 0, 0) : new Scrape(0, 1, 0)),
          () -> "the tracker knows the first peer; it said\n" + first.process().output());
      try (Peer second =
          downloader.dialsLoopback()
              ? download(tracker, torrent, home)
              : seed(tracker, torrent, home)) {
        Peer receiver = downloader.dialsLoopback() ? second : first;
        Await.until(
            DEADLINE,
            receiver::isComplete,
            () -> "the downloader has the file; it said\n" + receiver.process().output());
        Await.until(
            DEADLINE,
            () -> tracker.scrape(torrent.infoHash()).equals(new Scrape(2, 0, 1)),
            () -> "two seeders, one completion, but " + tracker.scrape(torrent.infoHash()));
        second.leave();
        first.leave();
      }
    }
    int silent =
        (seeder.saysStopped(introduction) ? 0 : 1) + (downloader.saysStopped(introduction) ? 0 : 1);
    Await.until(
        DEADLINE,
        () -> tracker.scrape(torrent.infoHash()).equals(new Scrape(silent, 0, 1)),
        () -> "both have left, but " + tracker.scrape(torrent.infoHash()));
  }

  private Peer seed(Tracker tracker, Torrent torrent, Path home) {
    return Peer.seeder(seeder, home.resolve("seeder"), torrent, tracker, introduction);
  }

  private Peer download(Tracker tracker, Torrent torrent, Path home) {
    return Peer.downloader(downloader, home.resolve("downloader"), torrent, tracker, introduction);
  }

  @Override
  public String toString() {
    return seeder + " to " + downloader + " over " + introduction;
  }
}
