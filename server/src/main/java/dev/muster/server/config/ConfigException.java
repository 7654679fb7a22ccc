package dev.muster.server.config;

import java.util.List;

/** A configuration cannot be used; says everything that is wrong with it. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  ConfigException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** Each a line: where, what is wrong, what would be right. At least one. */
  public List<String> problems() {
    return problems;
  }
}
