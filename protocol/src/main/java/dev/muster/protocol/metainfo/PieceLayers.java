package dev.muster.protocol.metainfo;

import static dev.muster.protocol.metainfo.Hashes.SHA256_LENGTH;

import dev.muster.protocol.bencode.BDictionary;
import dev.muster.protocol.bencode.BString;
import dev.muster.protocol.bencode.BValue;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks {@code piece layers} (BEP 52): the hashes of the pieces of each file longer than one. */
final class PieceLayers {
  /**
   * Checks that each file has its layer, and that the layer's root is the file's. A root that many
   * files share is computed once, so that the work is bounded by the size of the torrent.
   *
   * @throws LinkException if one is missing or wrong
   */
  static void check(BDictionary layers, List<ContentFile> files, long pieceLength)
      throws LinkException {
    Map<BString, BValue> byRoot = layers.sorted();
    Set<BString> right = new HashSet<>();
    MessageDigest sha256 = Hashes.sha256();
    byte[] missing = Merkle.emptyRoot(Merkle.levels(pieceLength / Merkle.BLOCK), sha256);
    for (ContentFile file : files) {
      if (file.length() <= pieceLength || file.piecesRoot().isEmpty()) {
        continue;
      }
      BString root = file.piecesRoot().get();
      long pieces = (file.length() + pieceLength - 1) / pieceLength;
      if (!(byRoot.get(root) instanceof BString layer)) {
        throw wrong("no piece layer for ", file);
      }
      if (layer.length() != pieces * SHA256_LENGTH) {
        throw wrong("not one hash a piece in the piece layer of ", file);
      }
      if (right.add(root)) {
        byte[] nodes = layer.bytes().clone();
        Merkle.root(nodes, (int) pieces, Merkle.levels(pieces), missing, sha256);
        if (!Arrays.equals(nodes, 0, SHA256_LENGTH, root.bytes(), 0, SHA256_LENGTH)) {
          throw wrong("the piece layer does not lead to the pieces root of ", file);
        }
      }
    }
  }

  private static LinkException wrong(String what, ContentFile file) {
    return new LinkException(what + LinkException.shown(String.join("/", file.path())));
  }

  private PieceLayers() {}
}
