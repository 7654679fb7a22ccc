package dev.muster.protocol.metainfo;

import dev.muster.protocol.bencode.BencodeLimits;

/**
 * How large a torrent may be that is read. The memory that reading takes is bounded by the first
 * two: four times the bytes and some hundred bytes a value.
 *
 * @param bytes of the torrent file, 1 and up
 * @param values bencoded values in it, 1 and up
 * @param depth lists and dictionaries inside one another, which bounds the depth of directories; 8
 *     to 512
 * @param files described by it, padding included, 1 and up
 */
public record TorrentLimits(int bytes, int values, int depth, int files) {
  /**
   * 32 MiB (pieces of 16 TiB in pieces of 16 MiB fit, version 1 and 2 together), a million values,
   * a hundred directories inside one another, 100,000 files.
   */
  public static final TorrentLimits DEFAULT = new TorrentLimits(32 << 20, 1_000_000, 128, 100_000);

  /** Digits of the largest number that a torrent can mean, and one for its sign. */
  private static final int DIGITS = 20;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is not kept
   */
  public TorrentLimits {
    if (bytes < 1 || values < 1 || files < 1 || depth < 8 || depth > 512) {
      throw new IllegalArgumentException(
          "bytes=" + bytes + ", values=" + values + ", depth=" + depth + ", files=" + files);
    }
  }

  BencodeLimits bencode() {
    return new BencodeLimits(depth, values, DIGITS);
  }
}
