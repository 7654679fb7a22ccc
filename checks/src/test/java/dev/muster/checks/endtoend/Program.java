package dev.muster.checks.endtoend;

import java.io.IOException;
import java.util.Optional;

/** Whether other people's programs are installed. */
final class Program {
  /**
   * Why the program cannot be run here; empty if it can. With no arguments it is asked its version.
   */
  static Optional<String> missing(String name, String... arguments) {
    String[] command = new String[arguments.length == 0 ? 2 : 1 + arguments.length];
    command[0] = name;
    if (arguments.length == 0) {
      command[1] = "--version";
    } else {
      System.arraycopy(arguments, 0, command, 1, arguments.length);
    }
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      int exit = process.waitFor();
      return exit == 0
          ? Optional.empty()
          : Optional.of(String.join(" ", command) + " ended with " + exit);
    } catch (IOException e) {
      return Optional.of(name + " is not installed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  private Program() {}
}
