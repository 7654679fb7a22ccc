package dev.muster.protocol.metainfo;

import dev.muster.protocol.bencode.BString;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A file that a torrent describes.
 *
 * @param path its directories and its name, beginning with the torrent's; every element is
 *     {@linkplain SafePath safe} on its own
 * @param length bytes in it, 0 and up
 * @param attributes what kind of file it is
 * @param symlink for a symbolic link what it points at, from the torrent's directory on; otherwise
 *     empty
 * @param piecesRoot 32 bytes, the root of its merkle tree; empty in a version 1 torrent and for a
 *     file without content
 */
public record ContentFile(
    List<String> path,
    long length,
    Set<FileAttribute> attributes,
    List<String> symlink,
    Optional<BString> piecesRoot) {
  public ContentFile {
    path = List.copyOf(path);
    attributes = Set.copyOf(attributes);
    symlink = List.copyOf(symlink);
  }

  /** Whether it is only there to fill a piece. */
  public boolean isPadding() {
    return attributes.contains(FileAttribute.PADDING);
  }

  ContentFile withRoot(Optional<BString> root) {
    return new ContentFile(path, length, attributes, symlink, root);
  }
}
