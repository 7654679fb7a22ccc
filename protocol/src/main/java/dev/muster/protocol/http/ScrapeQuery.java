package dev.muster.protocol.http;

import dev.muster.protocol.id.InfoHash;
import java.util.List;

/**
 * A scrape (BEP 48).
 *
 * @param infoHashes the swarms asked for, at least one, as often as they were named
 */
public record ScrapeQuery(List<InfoHash> infoHashes) implements HttpQuery {
  public ScrapeQuery {
    infoHashes = List.copyOf(infoHashes);
  }
}
