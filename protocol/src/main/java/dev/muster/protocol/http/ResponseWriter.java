package dev.muster.protocol.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.muster.protocol.announce.ContactMetadata;
import dev.muster.protocol.bencode.BencodeWriter;
import dev.muster.protocol.id.Address;
import dev.muster.protocol.id.InfoHash;

/**
 * The bodies of a tracker's answers, canonical bencoding. The order in which the keys are written
 * here is that of their bytes: a space sorts before letters.
 */
public final class ResponseWriter {
  private static final byte[] CAPS = key("caps");
  private static final byte[] COMPLETE = key("complete");
  private static final byte[] CONTACT = key("contact");
  private static final byte[] DOWN = key("down");
  private static final byte[] DOWNLOADED = key("downloaded");
  private static final byte[] DOWNLOADERS = key("downloaders");
  private static final byte[] EXTERNAL_IP = key("external ip");
  private static final byte[] FAILURE_REASON = key("failure reason");
  private static final byte[] FILES = key("files");
  private static final byte[] FLAGS = key("flags");
  private static final byte[] INCOMPLETE = key("incomplete");
  private static final byte[] INTERVAL = key("interval");
  private static final byte[] IP = key("ip");
  private static final byte[] LAST_SEEN = key("last seen");
  private static final byte[] MIN_INTERVAL = key("min interval");
  private static final byte[] MIN_REQUEST_INTERVAL = key("min_request_interval");
  private static final byte[] PEERS = key("peers");
  private static final byte[] PEERS6 = key("peers6");
  private static final byte[] PORT = key("port");
  private static final byte[] RETRY_IN = key("retry in");
  private static final byte[] UP = key("up");

  /** The version of contact metadata that is spoken here. */
  private static final int CONTACT_VERSION = 1;

  /**
   * Writes the answer to an announce (BEP 3, 7, 23, 24). {@code peers} is there even if empty,
   * because BEP 3 requires it; {@code peers6} if there are any or the caller is at IPv6.
   *
   * @param out where to; empty
   * @param seeders members that lack nothing
   * @param leechers members that lack something
   * @param downloaded how many have completed
   * @param caller the address of the peer as outsiders see it, told as {@code external ip}
   * @param interval seconds
   * @param minInterval seconds
   * @param peers IPv4 peers
   * @param peers6 IPv6 peers
   */
  public static void announce(
      BencodeWriter out,
      int seeders,
      int leechers,
      int downloaded,
      Address caller,
      int interval,
      int minInterval,
      CompactPeers peers,
      CompactPeers peers6) {
    out.dictionary();
    out.key(COMPLETE).integer(seeders);
    out.key(DOWNLOADED).integer(downloaded);
    out.key(EXTERNAL_IP).string(caller.bytes());
    out.key(INCOMPLETE).integer(leechers);
    out.key(INTERVAL).integer(interval);
    out.key(MIN_INTERVAL).integer(minInterval);
    out.key(PEERS).string(peers.array(), 0, peers.length());
    if (peers6.length() > 0 || caller instanceof Address.Ipv6) {
      out.key(PEERS6).string(peers6.array(), 0, peers6.length());
    }
    out.end();
  }

  /**
   * Writes the answer to an announce that asked for {@code contact=1}: peers in dictionary form
   * with what is known of them (docs/contact-metadata.md). The parameters are those of the other
   * form.
   *
   * @param peers of both families
   */
  public static void announce(
      BencodeWriter out,
      int seeders,
      int leechers,
      int downloaded,
      Address caller,
      int interval,
      int minInterval,
      ContactPeers peers) {
    out.dictionary();
    out.key(COMPLETE).integer(seeders);
    out.key(CONTACT).integer(CONTACT_VERSION);
    out.key(DOWNLOADED).integer(downloaded);
    out.key(EXTERNAL_IP).string(caller.bytes());
    out.key(INCOMPLETE).integer(leechers);
    out.key(INTERVAL).integer(interval);
    out.key(MIN_INTERVAL).integer(minInterval);
    out.key(PEERS).list();
    for (int i = 0; i < peers.size(); i++) {
      contact(out, peers, i);
    }
    out.end();
    out.end();
  }

  private static void contact(BencodeWriter out, ContactPeers peers, int index) {
    ContactMetadata metadata = new ContactMetadata(peers.metadata(index));
    out.dictionary();
    ifKnown(out, CAPS, metadata.caps());
    ifKnown(out, DOWN, metadata.down());
    out.key(IP).string(peers.address(index).toString().getBytes(ISO_8859_1));
    out.key(LAST_SEEN).integer(peers.age(index));
    out.key(PORT).integer(peers.port(index));
    ifKnown(out, UP, metadata.up());
    out.end();
  }

  private static void ifKnown(BencodeWriter out, byte[] key, int value) {
    if (value != 0) {
      out.key(key).integer(value);
    }
  }

  /**
   * Writes a refusal (BEP 3, 31). With an interval in it, or libtorrent comes back after 1800 s
   * whatever was meant; {@code retry in} is written in minutes as a string, as in the examples of
   * BEP 31.
   *
   * @param out where to; empty
   * @param sentence what the caller is told
   * @param interval seconds after which to try again
   */
  public static void failure(BencodeWriter out, String sentence, int interval) {
    out.dictionary();
    out.key(FAILURE_REASON).string(sentence.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    out.key(INTERVAL).integer(interval);
    out.key(MIN_INTERVAL).integer(interval);
    int minutes = Math.ceilDiv(interval, 60);
    out.key(RETRY_IN).string(Integer.toString(minutes).getBytes(ISO_8859_1));
    out.end();
  }

  /** Begins the answer to a scrape (BEP 48). */
  public static void beginScrape(BencodeWriter out) {
    out.dictionary().key(FILES).dictionary();
  }

  /**
   * Writes one swarm of a scrape, zeros if it is unknown; swarms in ascending order of their hashes
   * as unsigned bytes, each once.
   *
   * @param seeders members that lack nothing
   * @param leechers members that lack something, partial seeds among them
   * @param partialSeeds those of the leechers that download no more (BEP 21)
   * @param downloaded how many have completed
   */
  public static void scraped(
      BencodeWriter out,
      InfoHash infoHash,
      int seeders,
      int leechers,
      int partialSeeds,
      int downloaded) {
    out.key(infoHash.bytes()).dictionary();
    out.key(COMPLETE).integer(seeders);
    out.key(DOWNLOADED).integer(downloaded);
    out.key(DOWNLOADERS).integer(leechers - partialSeeds);
    out.key(INCOMPLETE).integer(leechers);
    out.end();
  }

  /**
   * Ends the answer to a scrape, with the {@code flags} that Transmission reads.
   *
   * @param minRequestInterval seconds to leave between scrapes
   */
  public static void endScrape(BencodeWriter out, int minRequestInterval) {
    out.end();
    out.key(FLAGS).dictionary().key(MIN_REQUEST_INTERVAL).integer(minRequestInterval).end();
    out.end();
  }

  private static byte[] key(String name) {
    return name.getBytes(ISO_8859_1);
  }

  private ResponseWriter() {}
}
