package dev.muster.protocol.metainfo;

import java.util.Locale;

/**
 * One {@code name=value} of a magnet link, as it stands there.
 *
 * @param name to the left of the first equals sign
 * @param value to the right of it, percent-encoded
 */
public record MagnetParameter(String name, String value) {
  /** A name and a value in magnet links hold no {@code &}, a name no {@code =} either. */
  public MagnetParameter {
    if (name.indexOf('&') >= 0 || name.indexOf('=') >= 0 || value.indexOf('&') >= 0) {
      throw new IllegalArgumentException(
          "no & or = in a magnet's parameter, " + name + '=' + value);
    }
  }

  /** A parameter with this value, percent-encoded here. */
  public static MagnetParameter of(String name, String plainValue) {
    return new MagnetParameter(name, Urls.encode(plainValue, ":,"));
  }

  /** The value without percent-encoding. */
  public String plainValue() {
    return Urls.decode(value);
  }

  /**
   * What the parameter is about: its name in lower case, without a number ({@code tr.1}) and
   * without what is left when a link is copied out of HTML ({@code amp;tr}).
   */
  String about() {
    String lower = name.toLowerCase(Locale.ROOT);
    int from = lower.startsWith("amp;") ? 4 : 0;
    int to = lower.length();
    while (to > from && lower.charAt(to - 1) >= '0' && lower.charAt(to - 1) <= '9') {
      to--;
    }
    boolean numbered = to < lower.length() && to > from && lower.charAt(to - 1) == '.';
    return lower.substring(from, numbered ? to - 1 : lower.length());
  }

  @Override
  public String toString() {
    return name + '=' + value;
  }
}
