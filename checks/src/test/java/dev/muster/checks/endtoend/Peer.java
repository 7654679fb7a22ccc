package dev.muster.checks.endtoend;

import dev.muster.checks.endtoend.Client.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A client at work on one torrent. */
final class Peer implements AutoCloseable {
  private final Client client;
  private final OwnProcess process;
  private final Place place;
  private final Torrent torrent;

  private Peer(Client client, OwnProcess process, Place place, Torrent torrent) {
    this.client = client;
    this.process = process;
    this.place = place;
    this.torrent = torrent;
  }

  /** Starts a client that has the file. */
  static Peer seeder(
      Client client, Path home, Torrent torrent, Tracker tracker, Introduction introduction) {
    Place place = new Place(home);
    place.write("data/" + Torrent.NAME, torrent.content());
    return start(client, place, torrent, tracker, introduction);
  }

  /** Starts a client that has nothing of it. */
  static Peer downloader(
      Client client, Path home, Torrent torrent, Tracker tracker, Introduction introduction) {
    return start(client, new Place(home), torrent, tracker, introduction);
  }

  private static Peer start(
      Client client, Place place, Torrent torrent, Tracker tracker, Introduction introduction) {
    place.write("the.torrent", torrent.metainfo(tracker.announceUrl(introduction)));
    place.write(Place.TRUSTED, tracker.certificate().map(Place::read).orElse(new byte[0]));
    OwnProcess process =
        OwnProcess.start(
            place.home(),
            client.command(place, place.home().resolve("the.torrent"), introduction.ipv6()));
    return new Peer(client, process, place, torrent);
  }

  /** Whether it has the whole file, by digest. */
  boolean isComplete() {
    return Files.exists(place.content()) && torrent.isContent(Place.read(place.content()));
  }

  OwnProcess process() {
    return process;
  }

  /** Asks it to leave the swarm and end. */
  void leave() {
    if (!client.ends(process, Duration.ofSeconds(20))) {
      throw new AssertionError(client + " does not end; it said\n" + process.output());
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
