package dev.muster.protocol.metainfo;

import dev.muster.protocol.bencode.BDictionary;
import dev.muster.protocol.bencode.BInteger;
import dev.muster.protocol.bencode.BList;
import dev.muster.protocol.bencode.BString;
import dev.muster.protocol.bencode.BValue;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the {@code info} dictionary of a torrent, version 1 (BEP 3), 2 (BEP 52) or both at once,
 * and refuses one that contradicts itself.
 */
final class InfoReader {
  /** Bytes of all files: sums and offsets stay far from overflowing. */
  private static final long MOST_BYTES = 1L << 53;

  private static final long LARGEST_PIECE = 1 << 30;

  private final BDictionary info;
  private final int mostFiles;
  private final List<String> remarks;

  final String name;
  final long pieceLength;
  final boolean isV1;
  final boolean isV2;
  final boolean isPrivate;
  final boolean isOneFile;

  /** As version 1 lists them, with padding, if it is one; otherwise as version 2 does. */
  final List<ContentFile> files;

  InfoReader(BDictionary info, int mostFiles, List<String> remarks) throws LinkException {
    this.info = info;
    this.mostFiles = mostFiles;
    this.remarks = remarks;
    long version = info.integer("meta version").map(BInteger::clamped).orElse(1L);
    if (version < 1 || version > 2) {
      throw new LinkException("a torrent of an unknown version, meta version=" + version);
    }
    this.isV2 = version == 2;
    this.isV1 = info.get("pieces").isPresent();
    if (!isV1 && !isV2) {
      throw new LinkException("no pieces in info, and no meta version 2 either");
    }
    this.name =
        SafePath.name(text(info, "name").orElseThrow(() -> new LinkException("no name in info")));
    this.pieceLength =
        info.integer("piece length")
            .map(BInteger::clamped)
            .orElseThrow(() -> new LinkException("no piece length in info"));
    if (pieceLength < 1 || pieceLength > LARGEST_PIECE) {
      throw new LinkException("a piece has 1 to 2^30 bytes, piece length=" + pieceLength);
    }
    this.isPrivate = info.integer("private").map(flag -> flag.value().signum() != 0).orElse(false);
    List<ContentFile> v1 = isV1 ? v1Files() : List.of();
    List<ContentFile> v2 = isV2 ? v2Files() : List.of();
    this.files = isV1 && isV2 ? both(v1, v2) : isV1 ? v1 : v2;
    this.isOneFile = files.size() == 1 && files.get(0).path().size() == 1;
    if (isV1) {
      checkPieces();
    }
    remarkRepeated();
  }

  private List<ContentFile> v1Files() throws LinkException {
    Optional<BValue> list = info.get("files");
    if (list.isEmpty()) {
      return List.of(file(info, List.of(name), length(info)));
    }
    if (!(list.get() instanceof BList entries)) {
      throw new LinkException("files in info is not a list");
    }
    List<ContentFile> files = new ArrayList<>();
    long total = 0;
    for (BValue entry : entries.values()) {
      if (!(entry instanceof BDictionary each)) {
        throw new LinkException("a file in info is not a dictionary");
      }
      admit(files.size());
      Optional<BValue> raw = each.get("path.utf-8").or(() -> each.get("path"));
      List<String> path = path(name, raw);
      if (path.size() == 1) {
        throw new LinkException("a file in info without a path");
      }
      ContentFile file = file(each, path, length(each));
      total = sum(total, file.length());
      files.add(file);
    }
    if (files.isEmpty()) {
      throw new LinkException("no files in info");
    }
    return files;
  }

  private List<ContentFile> v2Files() throws LinkException {
    if (pieceLength < Merkle.BLOCK || Long.bitCount(pieceLength) != 1) {
      throw new LinkException(
          "a piece of version 2 is a power of two from 16384 up, piece length=" + pieceLength);
    }
    if (!(info.get("file tree").orElse(null) instanceof BDictionary tree)) {
      throw new LinkException("no file tree in info, though meta version is 2");
    }
    List<ContentFile> files = new ArrayList<>();
    boolean oneFile =
        tree.entries().size() == 1
            && tree.entries().get(0).key().utf8().equals(name)
            && tree.entries().get(0).value() instanceof BDictionary leaf
            && leaf.get("").isPresent();
    List<String> directory = new ArrayList<>();
    if (!oneFile) {
      directory.add(name);
    }
    directory(tree, directory, files);
    long total = 0;
    for (ContentFile file : files) {
      total = sum(total, file.length());
    }
    if (files.isEmpty()) {
      throw new LinkException("no files in the file tree");
    }
    return files;
  }

  /** The depth of recursion is that of the bencoding, which the reader bounds. */
  private void directory(BDictionary tree, List<String> path, List<ContentFile> into)
      throws LinkException {
    for (BDictionary.Entry entry : tree.entries()) {
      if (!(entry.value() instanceof BDictionary below)) {
        throw new LinkException("in the file tree, " + entry.key() + " is not a dictionary");
      }
      path.add(SafePath.name(entry.key().utf8()));
      Optional<BValue> leaf = below.get("");
      if (leaf.isEmpty()) {
        directory(below, path, into);
      } else if (leaf.get() instanceof BDictionary properties && below.entries().size() == 1) {
        admit(into.size());
        into.add(v2File(properties, SafePath.path(path)));
      } else {
        throw new LinkException("in the file tree, " + entry.key() + " is a file and a directory");
      }
      path.remove(path.size() - 1);
    }
  }

  private ContentFile v2File(BDictionary properties, List<String> path) throws LinkException {
    ContentFile file = file(properties, path, length(properties));
    if (file.length() == 0) {
      return file;
    }
    Optional<BString> root = properties.string("pieces root");
    if (root.isEmpty() || root.get().length() != Hashes.SHA256_LENGTH) {
      throw new LinkException(
          "no pieces root of 32 bytes for " + LinkException.shown(String.join("/", path)));
    }
    return file.withRoot(root);
  }

  private ContentFile file(BDictionary from, List<String> path, long length) throws LinkException {
    Set<FileAttribute> attributes = from.string("attr").map(FileAttribute::read).orElseGet(Set::of);
    List<String> symlink = List.of();
    if (attributes.contains(FileAttribute.SYMLINK)) {
      Optional<BValue> raw = from.get("symlink path.utf-8").or(() -> from.get("symlink path"));
      symlink = raw.isPresent() ? path(name, raw) : List.of();
      symlink = symlink.isEmpty() ? symlink : symlink.subList(1, symlink.size());
    }
    return new ContentFile(path, length, attributes, symlink, Optional.empty());
  }

  private static List<String> path(String first, Optional<BValue> raw) throws LinkException {
    List<String> path = new ArrayList<>();
    path.add(first);
    if (!(raw.orElse(null) instanceof BList names)) {
      throw new LinkException("a path in info is not a list");
    }
    for (BValue each : names.values()) {
      if (!(each instanceof BString name)) {
        throw new LinkException("a name in a path is not a string");
      }
      path.add(SafePath.name(name.utf8()));
    }
    return SafePath.path(path);
  }

  private static long length(BDictionary from) throws LinkException {
    BigInteger length =
        from.integer("length")
            .map(BInteger::value)
            .orElseThrow(() -> new LinkException("a file in info without a length"));
    if (length.signum() < 0 || length.compareTo(BigInteger.valueOf(MOST_BYTES)) > 0) {
      throw new LinkException("a file has 0 to 2^53 bytes, length=" + length);
    }
    return length.longValue();
  }

  private static long sum(long total, long more) throws LinkException {
    if (total + more > MOST_BYTES) {
      throw new LinkException("more than 2^53 bytes in all files");
    }
    return total + more;
  }

  private void admit(int already) throws LinkException {
    if (already >= mostFiles) {
      throw new LinkException("more than " + mostFiles + " files");
    }
  }

  /** The two lists of a hybrid name the same files, and each begins with a piece. */
  private List<ContentFile> both(List<ContentFile> v1, List<ContentFile> v2) throws LinkException {
    List<ContentFile> files = new ArrayList<>(v1.size());
    int next = 0;
    long offset = 0;
    for (ContentFile file : v1) {
      if (file.isPadding()) {
        files.add(file);
      } else {
        ContentFile same = next < v2.size() ? v2.get(next++) : file.withRoot(Optional.empty());
        boolean alike = same.path().equals(file.path()) && same.length() == file.length();
        if (!alike || file.length() > 0 && same.piecesRoot().isEmpty()) {
          throw contradiction(file);
        }
        if (file.length() > 0 && offset % pieceLength != 0) {
          throw new LinkException(
              "a hybrid torrent whose file does not begin with a piece, "
                  + LinkException.shown(String.join("/", file.path())));
        }
        files.add(file.withRoot(same.piecesRoot()));
      }
      offset += file.length();
    }
    if (next < v2.size()) {
      throw contradiction(v2.get(next));
    }
    return files;
  }

  private static LinkException contradiction(ContentFile file) {
    return new LinkException(
        "a hybrid torrent whose versions do not name the same files, "
            + LinkException.shown(String.join("/", file.path())));
  }

  private void checkPieces() throws LinkException {
    long bytes = 0;
    for (ContentFile file : files) {
      bytes += file.length();
    }
    long expected = (bytes + pieceLength - 1) / pieceLength;
    BString pieces =
        info.string("pieces").orElseThrow(() -> new LinkException("pieces is not a string"));
    if (pieces.length() % Hashes.SHA1_LENGTH != 0
        || pieces.length() / Hashes.SHA1_LENGTH != expected) {
      throw new LinkException(
          "pieces has "
              + pieces.length()
              + " bytes where "
              + expected
              + " hashes of 20 bytes should be");
    }
  }

  /** Two files of one path: whoever writes them loses one. */
  private void remarkRepeated() {
    Set<List<String>> seen = new HashSet<>();
    for (ContentFile file : files) {
      if (!file.isPadding() && !seen.add(file.path())) {
        remarks.add(
            "more than one file is called " + LinkException.shown(String.join("/", file.path())));
        return;
      }
    }
  }

  private static Optional<String> text(BDictionary from, String key) {
    return from.string(key + ".utf-8").or(() -> from.string(key)).map(BString::utf8);
  }
}
