package dev.muster.protocol.http;

import dev.muster.protocol.announce.Refusal;

/** Requests for tests. */
final class Queries {
  static final String HASH = "%124Vx%9a%bc%de%f1%23Eg%89%ab%cd%ef%124Vx%9a";
  static final String HASH_HEX = "123456789abcdef123456789abcdef123456789a";
  static final String BASE = "/announce?info_hash=" + HASH + "&peer_id=-qB5000-abcdefghijkl";

  static AnnounceQuery announce(String target) {
    return switch (HttpQuery.parse(target)) {
      case AnnounceQuery announce -> announce;
      case ScrapeQuery scrape -> throw new AssertionError(scrape.toString());
      case RefusedQuery refused -> throw new AssertionError(refused.toString());
    };
  }

  /** An announce with this parameter besides what must be there. */
  static AnnounceQuery with(String parameter) {
    return announce(BASE + "&port=6881&" + parameter);
  }

  static RefusedQuery refusal(String target) {
    return switch (HttpQuery.parse(target)) {
      case AnnounceQuery announce -> throw new AssertionError(announce.toString());
      case ScrapeQuery scrape -> throw new AssertionError(scrape.toString());
      case RefusedQuery refused -> refused;
    };
  }

  static ScrapeQuery scrape(String target) {
    return switch (HttpQuery.parse(target)) {
      case AnnounceQuery announce -> throw new AssertionError(announce.toString());
      case ScrapeQuery scrape -> scrape;
      case RefusedQuery refused -> throw new AssertionError(refused.toString());
    };
  }

  static Refusal reason(String target) {
    return refusal(target).reason();
  }

  private Queries() {}
}
