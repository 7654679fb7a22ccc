package dev.muster.protocol.metainfo;

/**
 * What was given is no link of its kind, or one that must not be believed. The message says what is
 * wrong, with the value, for people to read. Carries no stack trace.
 */
public final class LinkException extends Exception {
  private static final long serialVersionUID = 1;
  private static final int SHOWN = 100;

  LinkException(String message) {
    super(message, null, false, false);
  }

  /** The beginning of a stranger's text, with nothing in it that would move a terminal. */
  static String shown(String text) {
    StringBuilder plain = new StringBuilder("`");
    for (int i = 0; i < Math.min(SHOWN, text.length()); i++) {
      char c = text.charAt(i);
      plain.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '\ufffd' : c);
    }
    return plain.append(text.length() > SHOWN ? "...`" : "`").toString();
  }
}
