package dev.muster.checks.endtoend;

import dev.muster.protocol.id.InfoHash;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A file and its metainfo (BEP 3), written here by hand so that it is no oracle of our own that
 * agrees with itself.
 *
 * @param content the file
 * @param info the bencoded info dictionary
 */
record Torrent(byte[] content, byte[] info) {
  static final String NAME = "content.bin";
  private static final int PIECE = 16 * 1024;
  private static final int SIZE = 64 * PIECE + 4321;

  /** A file of about a megabyte whose bytes follow from the seed. */
  static Torrent ofSeed(long seed) {
    byte[] content = new byte[SIZE];
    new Random(seed).nextBytes(content);
    ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    for (int at = 0; at < SIZE; at += PIECE) {
      pieces.writeBytes(
          digest("SHA-1", Arrays.copyOfRange(content, at, Math.min(SIZE, at + PIECE))));
    }
    // private: clients then ask nobody but the tracker (BEP 27); aria2 speaks UDP to a tracker
    // only with its DHT switched on, and this is what keeps the DHT out of it.
    byte[] info =
        dictionary(
            Map.of(
                "length",
                integer(SIZE),
                "name",
                string(NAME.getBytes(StandardCharsets.US_ASCII)),
                "piece length",
                integer(PIECE),
                "pieces",
                string(pieces.toByteArray()),
                "private",
                integer(1)));
    return new Torrent(content, info);
  }

  InfoHash infoHash() {
    return InfoHash.of(digest("SHA-1", info));
  }

  /** The torrent file that names this tracker and no other. */
  byte[] metainfo(String announceUrl) {
    return dictionary(
        Map.of("announce", string(announceUrl.getBytes(StandardCharsets.US_ASCII)), "info", info));
  }

  boolean isContent(byte[] file) {
    return MessageDigest.isEqual(digest("SHA-256", file), digest("SHA-256", content));
  }

  private static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] integer(long value) {
    return ("i" + value + "e").getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] string(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(bytes);
    return out.toByteArray();
  }

  private static byte[] dictionary(Map<String, byte[]> entries) {
    SortedMap<String, byte[]> sorted = new TreeMap<>(entries); // ASCII keys only
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write('d');
    sorted.forEach((key, value) -> {
      out.writeBytes(string(key.getBytes(StandardCharsets.US_ASCII)));
      out.writeBytes(value);
    });
    out.write('e');
    return out.toByteArray();
  }
}
