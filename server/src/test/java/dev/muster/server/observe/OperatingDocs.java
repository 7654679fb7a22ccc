package dev.muster.server.observe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The tables of {@code docs/operating.md}, so that tests can hold the page to what the port says.
 */
final class OperatingDocs {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** A row of a table; cells as they are written. */
  record Row(List<String> cells) {
    /** All that stands between backquotes in a cell. */
    List<String> code(int cell) {
      return CODE.matcher(cells.get(cell)).results().map(match -> match.group(1)).toList();
    }

    String cell(int cell) {
      return cells.get(cell);
    }
  }

  private OperatingDocs() {}

  /** The rows of the first table under this heading, without its head. */
  static List<Row> table(String heading) throws IOException {
    List<Row> rows = new ArrayList<>();
    boolean under = false;
    for (String line : Files.readAllLines(Path.of("..", "docs", "operating.md"))) {
      if (line.startsWith("#")) {
        under = line.replaceFirst("^#+ ", "").equals(heading);
      } else if (under && line.startsWith("|")) {
        row(line).ifPresent(rows::add);
      }
    }
    if (rows.size() < 3) {
      throw new AssertionError("no table under " + heading);
    }
    return rows.subList(2, rows.size());
  }

  private static Optional<Row> row(String line) {
    List<String> cells = new ArrayList<>();
    for (String cell : line.substring(1, line.lastIndexOf('|')).split("\\|", -1)) {
      cells.add(cell.strip());
    }
    return Optional.of(new Row(cells));
  }
}
