package dev.muster.server.config;

/**
 * A value that no log, error or page may show.
 *
 * @param value the secret itself
 */
public record Secret(String value) {
  @Override
  public String toString() {
    return "(secret)";
  }
}
