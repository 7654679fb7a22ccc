package dev.muster.server.observe;

/** How far the tracker is, in the word that {@code /healthz} says. */
public enum Health {
  /** Not all doors are open yet. */
  STARTING("starting"),

  /** All doors that were asked for are open. */
  UP("ok"),

  /** Doors are being closed. */
  CLOSING("down");

  private final String word;

  Health(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }
}
