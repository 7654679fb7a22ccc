package dev.muster.checks.compare;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A file of figures: a line of names, then a line for each standing, its values between tabs. */
final class Results {
  private static final RecordComponent[] COLUMNS = Standing.class.getRecordComponents();

  /** Writes these in the place of all there is of the same loads. */
  static void keep(Path file, List<Standing> standings) throws IOException {
    Set<String> loads = standings.stream().map(Standing::load).collect(Collectors.toSet());
    List<Standing> all = new ArrayList<>();
    for (Door door : Door.all()) {
      List<Standing> of =
          loads.contains(door.word) ? standings : Files.exists(file) ? read(file) : List.of();
      of.stream().filter(standing -> standing.load().equals(door.word)).forEach(all::add);
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        Arrays.stream(COLUMNS).map(RecordComponent::getName).collect(Collectors.joining("\t")));
    all.forEach(standing -> lines.add(line(standing)));
    Files.write(file, lines);
  }

  static List<Standing> read(Path file) throws IOException {
    return Files.readAllLines(file).stream().skip(1).map(Results::standing).toList();
  }

  private static String line(Standing standing) {
    return Arrays.stream(COLUMNS)
        .map(column -> {
          try {
            Object value = column.getAccessor().invoke(standing);
            return value instanceof Double number
                ? String.format(Locale.ROOT, "%.3f", number)
                : String.valueOf(value);
          } catch (IllegalAccessException | InvocationTargetException e) {
            throw new AssertionError(e);
          }
        })
        .collect(Collectors.joining("\t"));
  }

  private static Standing standing(String line) {
    String[] words = line.split("\t", -1);
    double[] numbers = Arrays.stream(words).skip(2).mapToDouble(Double::parseDouble).toArray();
    return new Standing(
        words[0],
        words[1],
        numbers[0],
        numbers[1],
        numbers[2],
        numbers[3],
        numbers[4],
        numbers[5],
        numbers[6],
        numbers[7],
        numbers[8],
        numbers[9],
        numbers[10],
        numbers[11],
        numbers[12],
        numbers[13]);
  }

  private Results() {}
}
