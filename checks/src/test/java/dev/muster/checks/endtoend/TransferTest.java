package dev.muster.checks.endtoend;

import static dev.muster.checks.endtoend.Client.ARIA2;
import static dev.muster.checks.endtoend.Client.LIBTORRENT;
import static dev.muster.checks.endtoend.Client.TRANSMISSION;
import static dev.muster.checks.endtoend.Introduction.HTTPS_IPV4;
import static dev.muster.checks.endtoend.Introduction.HTTP_IPV4;
import static dev.muster.checks.endtoend.Introduction.HTTP_IPV6;
import static dev.muster.checks.endtoend.Introduction.UDP_IPV4;
import static dev.muster.checks.endtoend.Introduction.UDP_IPV6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real clients exchange a file, with Muster as the only one to introduce them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class TransferTest {
  /** Every client seeds and downloads, every introduction is used, makes meet other makes. */
  private static final List<Transfer> SAMPLE =
      List.of(
          new Transfer(ARIA2, LIBTORRENT, HTTP_IPV4),
          new Transfer(LIBTORRENT, TRANSMISSION, HTTP_IPV4),
          new Transfer(TRANSMISSION, ARIA2, HTTP_IPV6),
          new Transfer(LIBTORRENT, ARIA2, HTTP_IPV6),
          new Transfer(TRANSMISSION, LIBTORRENT, UDP_IPV4),
          new Transfer(ARIA2, TRANSMISSION, UDP_IPV4),
          new Transfer(LIBTORRENT, LIBTORRENT, UDP_IPV6),
          new Transfer(TRANSMISSION, ARIA2, HTTPS_IPV4),
          new Transfer(ARIA2, LIBTORRENT, HTTPS_IPV4));

  private static final Duration LONG_ENOUGH = Duration.ofSeconds(8);

  private final Path home = Home.of("transfers");
  private Tracker tracker;
  private Tracker stranger;

  @BeforeAll
  void start() {
    tracker =
        Program.missing("openssl", "version").isEmpty()
            ? Tracker.startWithTls(home.resolve("tracker"), OwnCertificate.in(home))
            : Tracker.start(home.resolve("tracker"));
    stranger = Tracker.start(home.resolve("stranger"), "--set", "udp.io=portable");
  }

  @AfterAll
  void stop() {
    tracker.close();
    stranger.close();
  }

  static List<Transfer> overUdp() {
    return SAMPLE.stream()
        .filter(transfer -> transfer.introduction().scheme().equals("udp"))
        .toList();
  }

  static List<Transfer> sample() {
    return SAMPLE;
  }

  static List<Transfer> others() {
    List<Transfer> transfers = new ArrayList<>();
    for (Introduction introduction : Introduction.values()) {
      for (Client seeder : Client.values()) {
        for (Client downloader : Client.values()) {
          transfers.add(new Transfer(seeder, downloader, introduction));
        }
      }
    }
    return transfers.stream()
        .filter(Transfer::isPossible)
        .filter(transfer -> !SAMPLE.contains(transfer))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("sample")
  void introducedClientsExchangeTheFile(Transfer transfer) {
    exchange(transfer, tracker);
  }

  /** The stranger of the controls runs the UDP door that works wherever Java does. */
  @ParameterizedTest
  @MethodSource("overUdp")
  void clientsThatThePortableDoorIntroducedExchangeTheFile(Transfer transfer) {
    exchange(transfer, stranger);
  }

  @Tag("full")
  @ParameterizedTest
  @MethodSource("others")
  void everyOtherPairOfIntroducedClientsExchangesTheFile(Transfer transfer) {
    exchange(transfer, tracker);
  }

  private void exchange(Transfer transfer, Tracker by) {
    Installed.require(transfer.seeder(), transfer.downloader());
    assumeThat(transfer.introduction().isSecured() && by.certificate().isEmpty())
        .as("openssl is missing")
        .isFalse();
    String name = transfer + (by == tracker ? "" : " portable");
    transfer.run(by, Torrent.ofSeed(name.hashCode()), home.resolve(name.replace(' ', '-')));
  }

  /**
   * The control: were there any other way for these clients to find each other, the transfers above
   * would prove nothing. Here both hear from a tracker that works, but not from the same one.
   */
  @ParameterizedTest
  @MethodSource("strangers")
  void clientsThatNobodyIntroducedExchangeNothing(Transfer transfer) {
    Installed.require(transfer.seeder(), transfer.downloader());
    Torrent torrent = Torrent.ofSeed(("control " + transfer).hashCode());
    Path home = this.home.resolve("control-" + transfer.toString().replace(' ', '-'));
    Introduction introduction = transfer.introduction();
    try (Peer seeder =
            Peer.seeder(transfer.seeder(), home.resolve("seeder"), torrent, tracker, introduction);
        Peer downloader =
            Peer.downloader(
                transfer.downloader(),
                home.resolve("downloader"),
                torrent,
                stranger,
                introduction)) {
      Await.until(
          Duration.ofSeconds(30),
          () ->
              tracker.scrape(torrent.infoHash()).equals(new Scrape(1, 0, 0))
                  && stranger.scrape(torrent.infoHash()).equals(new Scrape(0, 1, 0)),
          () ->
              "both have announced; they said\n"
                  + seeder.process().output()
                  + downloader.process().output());
      assertThat(Await.holds(LONG_ENOUGH, downloader::isComplete)).isFalse();
      assertThat(seeder.process().isAlive()).isTrue();
      assertThat(downloader.process().isAlive()).isTrue();
    }
  }

  static Stream<Transfer> strangers() {
    return Stream.of(
        new Transfer(ARIA2, LIBTORRENT, HTTP_IPV4),
        new Transfer(LIBTORRENT, ARIA2, UDP_IPV4),
        new Transfer(TRANSMISSION, ARIA2, HTTP_IPV4));
  }
}
