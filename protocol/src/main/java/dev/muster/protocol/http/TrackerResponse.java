package dev.muster.protocol.http;

import dev.muster.protocol.id.Address;
import dev.muster.protocol.id.Endpoint;
import dev.muster.protocol.id.InfoHash;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A tracker's answer over HTTP, read from its body. */
public sealed interface TrackerResponse {
  /** Reads the answer to an announce (BEP 3, 7, 23, 24, 31). */
  static TrackerResponse ofAnnounce(byte[] body) {
    return ResponseReader.announce(body);
  }

  /** Reads the answer to a scrape (BEP 48). */
  static TrackerResponse ofScrape(byte[] body) {
    return ResponseReader.scrape(body);
  }

  /**
   * The answer to an announce. What the tracker did not say is empty.
   *
   * @param interval seconds after which to announce again
   * @param minInterval seconds to leave between announces
   * @param seeders {@code complete}
   * @param leechers {@code incomplete}
   * @param downloaded how many have completed
   * @param externalIp the address it saw
   * @param trackerId to be sent back with the next announce
   * @param warning to be shown
   * @param peers of both families; those that no address or port can be read of are left out
   */
  record Announced(
      OptionalInt interval,
      OptionalInt minInterval,
      OptionalInt seeders,
      OptionalInt leechers,
      OptionalInt downloaded,
      Optional<Address> externalIp,
      Optional<String> trackerId,
      Optional<String> warning,
      List<Endpoint> peers)
      implements TrackerResponse {
    public Announced {
      peers = List.copyOf(peers);
    }
  }

  /**
   * The answer to a scrape.
   *
   * @param swarms by info hash
   * @param minRequestInterval seconds to leave between scrapes
   */
  record Scraped(Map<InfoHash, Counts> swarms, OptionalInt minRequestInterval)
      implements TrackerResponse {
    public Scraped {
      swarms = Map.copyOf(swarms);
    }
  }

  /**
   * The counts of a swarm; 0 if not said.
   *
   * @param seeders {@code complete}
   * @param leechers {@code incomplete}
   * @param downloaders leechers without partial seeds (BEP 21), if said
   * @param downloaded how many have completed
   */
  record Counts(int seeders, int leechers, OptionalInt downloaders, int downloaded) {}

  /**
   * A refusal.
   *
   * @param reason what the tracker says
   * @param interval seconds after which to try again
   * @param retryMinutes the same in minutes (BEP 31)
   * @param never whether it should not be tried again at all (BEP 31)
   */
  record Failed(String reason, OptionalInt interval, OptionalInt retryMinutes, boolean never)
      implements TrackerResponse {}

  /**
   * Not an answer of a tracker.
   *
   * @param fault what is wrong with it
   */
  record Malformed(String fault) implements TrackerResponse {}
}
