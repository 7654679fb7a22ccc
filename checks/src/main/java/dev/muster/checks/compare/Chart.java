package dev.muster.checks.compare;

import java.util.List;
import java.util.Locale;

/**
 * The picture: for each load a group of bars, one for each contender, as long as a response costs
 * processor time. It follows the viewer's choice of light or dark.
 */
final class Chart {
  private static final int WIDTH = 760;
  private static final int LABELS = 170;
  private static final int VALUES = 110;
  private static final int BAR = 18;
  private static final int STEP = 26;
  private static final int TITLE = 40;
  private static final int MARGIN = 16;

  private static final String STYLE =
      """
      <style>
      text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328 }
      .title { font-weight: 600; font-size: 14px }
      .muster { font-weight: 600 }
      .note { fill: #59636e; font-size: 12px }
      .user { fill: #1a7f64 } .system { fill: #8fcfbb }
      .other .user { fill: #57606a } .other .system { fill: #b6bec7 }
      @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 } .note { fill: #9198a1 }
      .user { fill: #3fb68f } .system { fill: #21634e }
      .other .user { fill: #9aa4af } .other .system { fill: #4a525b }
      }
      </style>
      """;

  private static final String NOTE =
      "CPU time a response, dark: the program, light: the kernel. Shorter is better.";

  static String svg(List<Standing> standings) {
    StringBuilder body = new StringBuilder();
    int y = MARGIN;
    for (Door door : Door.all()) {
      List<Standing> group =
          standings.stream().filter(standing -> standing.load().equals(door.word)).toList();
      if (!group.isEmpty()) {
        y = group(body, door, group, y);
      }
    }
    text(body, "note", MARGIN, y + 8, NOTE);
    int height = y + MARGIN + 8;
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\">\n"
            .formatted(WIDTH, height, WIDTH, height)
        + "<title>Processor time a response, by tracker</title>\n"
        + STYLE
        + body
        + "</svg>\n";
  }

  private static int group(StringBuilder body, Door door, List<Standing> group, int top) {
    double longest = group.stream().mapToDouble(Chart::cpu).max().orElse(1);
    double scale = (WIDTH - LABELS - VALUES - 2 * MARGIN) / longest;
    text(body, "title", MARGIN, top + 14, door.title);
    int y = top + TITLE - BAR + 4;
    for (Standing it : group) {
      boolean ours = it.name().startsWith("muster");
      text(body, ours ? "muster" : "name", MARGIN, y + 14, it.name());
      body.append(ours ? "<g>" : "<g class=\"other\">");
      int x = MARGIN + LABELS;
      bar(body, "user", x, y, it.userMicros() * scale);
      bar(body, "system", x + it.userMicros() * scale, y, it.systemMicros() * scale);
      body.append("</g>\n");
      text(
          body,
          ours ? "muster" : "value",
          x + cpu(it) * scale + 6,
          y + 14,
          String.format(Locale.ROOT, "%.1f µs", cpu(it)));
      y += STEP;
    }
    return y + MARGIN;
  }

  private static double cpu(Standing standing) {
    return standing.userMicros() + standing.systemMicros();
  }

  private static void bar(StringBuilder body, String kind, double x, int y, double length) {
    body.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
            kind,
            x,
            y,
            Math.max(0, length),
            BAR));
  }

  private static void text(StringBuilder body, String kind, double x, int y, String text) {
    String safe = text.replace("&", "&amp;").replace("<", "&lt;");
    body.append(
        String.format(
            Locale.ROOT, "<text class=\"%s\" x=\"%.1f\" y=\"%d\">%s</text>\n", kind, x, y, safe));
  }

  private Chart() {}
}
