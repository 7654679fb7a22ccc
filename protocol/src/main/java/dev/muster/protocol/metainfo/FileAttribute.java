package dev.muster.protocol.metainfo;

import dev.muster.protocol.bencode.BString;
import java.util.EnumSet;
import java.util.Set;

/** What kind of file one is (BEP 47). */
public enum FileAttribute {
  /** Points at another file of the same torrent. */
  SYMLINK('l'),
  /** May be run. */
  EXECUTABLE('x'),
  /** Not shown by habit. */
  HIDDEN('h'),
  /** Zeros that nobody stores, so that the next file begins with a piece. */
  PADDING('p');

  private final char letter;

  FileAttribute(char letter) {
    this.letter = letter;
  }

  /** Those that {@code attr} names; unknown letters are ignored, as the BEP says. */
  static Set<FileAttribute> read(BString attr) {
    Set<FileAttribute> set = EnumSet.noneOf(FileAttribute.class);
    for (byte letter : attr.bytes()) {
      for (FileAttribute each : values()) {
        if (each.letter == letter) {
          set.add(each);
        }
      }
    }
    return set;
  }

  static String write(Set<FileAttribute> set) {
    StringBuilder attr = new StringBuilder();
    set.stream().sorted().forEach(each -> attr.append(each.letter));
    return attr.toString();
  }
}
