package dev.muster.cli;

import dev.muster.server.TrackerServer;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.List;

/** What {@code muster serve} tells the person who started it: one thing a line, word first. */
final class Announcement {
  private static final int WORD_WIDTH = 10;

  static void print(TrackerServer server, String version, PrintWriter out) {
    out.println("Muster " + version + " is answering; Ctrl-C stops it.");
    listens("http", server.httpAddresses(), out);
    if (!server.httpsAddresses().isEmpty()) {
      listens("https", server.httpsAddresses(), out);
    }
    listens("udp", server.udpAddresses(), out);
    server
        .adminUrl()
        .ifPresentOrElse(url -> line("operator", url, out), () -> line("operator", "off", out));
    server.adminTokenHint().ifPresent(hint -> line("token", hint, out));
    server.announceUrls().forEach(url -> line("announce", url, out));
    out.flush();
  }

  private static void listens(String door, List<InetSocketAddress> addresses, PrintWriter out) {
    if (addresses.isEmpty()) {
      line(door, "off", out);
    }
    addresses.forEach(address -> line(door, TrackerServer.text(address), out));
  }

  private static void line(String word, String value, PrintWriter out) {
    out.println("  " + word + " ".repeat(WORD_WIDTH - word.length()) + value);
  }

  private Announcement() {}
}
