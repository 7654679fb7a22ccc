package dev.muster.protocol.metainfo;

import java.util.List;

/**
 * Which names files may have. A torrent is a stranger's: a name that would lead out of the
 * directory it is unpacked in makes the whole torrent refused. What one operating system alone
 * dislikes ({@code CON}, a colon, names that differ in case only) is for those who write files.
 */
final class SafePath {
  /** Bytes of UTF-8 in a name that file systems take. */
  static final int LONGEST_NAME = 255;

  /** Characters of a whole path, separators included. */
  static final int LONGEST_PATH = 4096;

  /**
   * Checks one element of a path.
   *
   * @throws LinkException if it is empty, {@code .} or {@code ..}, holds a separator or NUL, or is
   *     too long
   */
  static String name(String name) throws LinkException {
    if (name.isEmpty()) {
      throw new LinkException("an unsafe path: a name in it is empty");
    }
    if (name.equals(".") || name.equals("..")) {
      throw new LinkException("an unsafe path: " + LinkException.shown(name) + " in it");
    }
    if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
      throw new LinkException(
          "an unsafe path: a separator in the name " + LinkException.shown(name));
    }
    if (name.indexOf('\0') >= 0) {
      throw new LinkException("an unsafe path: NUL in the name " + LinkException.shown(name));
    }
    if (utf8Length(name) > LONGEST_NAME) {
      throw new LinkException(
          "an unsafe path: a name of more than 255 bytes, " + LinkException.shown(name));
    }
    return name;
  }

  /**
   * Checks how long a path is altogether.
   *
   * @throws LinkException if it is too long
   */
  static List<String> path(List<String> path) throws LinkException {
    long length = path.size();
    for (String name : path) {
      length += name.length();
    }
    if (length > LONGEST_PATH) {
      throw new LinkException(
          "an unsafe path: more than " + LONGEST_PATH + " characters, " + length);
    }
    return path;
  }

  private static int utf8Length(String name) {
    return name.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
  }

  private SafePath() {}
}
