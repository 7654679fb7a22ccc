package dev.muster.protocol.metainfo;

import static dev.muster.protocol.metainfo.Hashes.SHA256_LENGTH;

import java.security.DigestException;
import java.security.MessageDigest;

/**
 * The hash trees of version 2 torrents (BEP 52): binary, SHA-256, a leaf for each block of 16 KiB
 * of a file. Leaves that are missing to a power of two are 32 zero bytes.
 */
final class Merkle {
  /** Bytes of a block, which a leaf is the hash of. */
  static final int BLOCK = 16 * 1024;

  /** How often the number of nodes is halved until one is left. */
  static int levels(long nodes) {
    return nodes <= 1 ? 0 : 64 - Long.numberOfLeadingZeros(nodes - 1);
  }

  /** The root of a tree of this many levels over leaves that are all missing. */
  static byte[] emptyRoot(int levels, MessageDigest sha256) {
    byte[] root = new byte[SHA256_LENGTH];
    for (int i = 0; i < levels; i++) {
      sha256.update(root);
      root = sha256.digest(root);
    }
    return root;
  }

  /**
   * Computes the root over nodes of the same level, and leaves it in the first 32 bytes.
   *
   * @param nodes one after another; overwritten
   * @param count how many, 1 and up
   * @param levels between them and the root, at least {@link #levels(long)} of the count
   * @param missing what stands for a node that is missing at their level
   */
  static void root(byte[] nodes, int count, int levels, byte[] missing, MessageDigest sha256) {
    byte[] absent = missing.clone();
    try {
      int left = count;
      for (int level = 0; level < levels; level++) {
        for (int i = 0; i < left; i += 2) {
          if (i + 1 < left) {
            sha256.update(nodes, i * SHA256_LENGTH, 2 * SHA256_LENGTH);
          } else {
            sha256.update(nodes, i * SHA256_LENGTH, SHA256_LENGTH);
            sha256.update(absent);
          }
          sha256.digest(nodes, i / 2 * SHA256_LENGTH, SHA256_LENGTH);
        }
        left = (left + 1) / 2;
        sha256.update(absent);
        sha256.update(absent);
        sha256.digest(absent, 0, SHA256_LENGTH);
      }
    } catch (DigestException e) {
      throw new AssertionError(e);
    }
  }

  private Merkle() {}
}
