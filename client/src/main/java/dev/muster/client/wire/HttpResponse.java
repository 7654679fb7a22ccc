package dev.muster.client.wire;

import dev.muster.client.wire.TrackerFailure.Kind;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLException;

/**
 * What came back for a GET (RFC 9112), within bounds: 16 KiB of head, {@link Bounds#MAX_BODY} of
 * body, as sent and as inflated.
 *
 * @param status 100 to 999
 * @param fields by name in lower case; of repeated ones the first
 * @param body without transfer and content codings
 */
record HttpResponse(int status, Map<String, String> fields, byte[] body) {
  private static final int MAX_HEAD = 16 * 1024;

  /** Reads one; the connection is of no use afterwards. */
  static HttpResponse read(InputStream socket) throws IOException, TrackerFailure {
    InputStream in = new BufferedInputStream(socket);
    int[] budget = {MAX_HEAD};
    int status;
    Map<String, String> fields;
    do { // 1xx come before the one that counts (RFC 9110 §15.2)
      status = status(line(in, budget));
      fields = fields(in, budget);
    } while (status < 200);
    byte[] body = status == 204 || status == 304 ? new byte[0] : body(in, fields, budget);
    String coding = fields.getOrDefault("content-encoding", "identity").toLowerCase(Locale.ROOT);
    return new HttpResponse(
        status,
        fields,
        switch (coding) {
          case "identity", "" -> body;
          case "gzip", "x-gzip" -> inflated(body);
          default -> throw malformed("a content coding nobody asked for: " + coding);
        });
  }

  private static int status(String line) throws TrackerFailure {
    if (!line.matches("HTTP/1\\.[01] [1-9][0-9]{2}( .*)?")) {
      throw malformed("not HTTP");
    }
    return Integer.parseInt(line.substring(9, 12));
  }

  private static Map<String, String> fields(InputStream in, int[] budget)
      throws IOException, TrackerFailure {
    Map<String, String> fields = new HashMap<>();
    for (String line = line(in, budget); !line.isEmpty(); line = line(in, budget)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.putIfAbsent(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    return fields;
  }

  private static byte[] body(InputStream in, Map<String, String> fields, int[] budget)
      throws IOException, TrackerFailure {
    String transfer = fields.get("transfer-encoding");
    if (transfer != null) {
      if (!transfer.equalsIgnoreCase("chunked")) {
        throw malformed("a transfer coding nobody asked for: " + Bounds.text(transfer));
      }
      return chunks(in, budget);
    }
    String length = fields.get("content-length");
    if (length == null) {
      return untilClosed(in);
    }
    if (!length.matches("[0-9]{1,18}")) {
      throw malformed("a length that is none: " + Bounds.text(length));
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    copy(in, Long.parseLong(length), body);
    return body.toByteArray();
  }

  private static byte[] chunks(InputStream in, int[] budget) throws IOException, TrackerFailure {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int[] perLine = {1024};
      String line = line(in, perLine);
      int end = line.indexOf(';');
      String size = (end < 0 ? line : line.substring(0, end)).strip();
      if (!size.matches("[0-9a-fA-F]{1,8}")) {
        throw malformed("a chunk without a size");
      }
      long bytes = Long.parseLong(size, 16);
      if (bytes == 0) {
        break;
      }
      copy(in, bytes, body);
      if (!line(in, perLine).isEmpty()) {
        throw malformed("a chunk longer than it says");
      }
    }
    fields(in, budget); // trailers, within what is left for the head
    return body.toByteArray();
  }

  private static void copy(InputStream in, long bytes, ByteArrayOutputStream into)
      throws IOException, TrackerFailure {
    if (into.size() + bytes > Bounds.MAX_BODY) {
      throw tooLong();
    }
    byte[] read = in.readNBytes((int) bytes);
    if (read.length < bytes) {
      throw malformed("the answer was cut short");
    }
    into.writeBytes(read);
  }

  private static byte[] untilClosed(InputStream in) throws IOException, TrackerFailure {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] some = new byte[8192];
    try {
      for (int n = in.read(some); n >= 0; n = in.read(some)) {
        if (body.size() + n > Bounds.MAX_BODY) {
          throw tooLong();
        }
        body.write(some, 0, n);
      }
    } catch (SSLException e) {
      // Many close without saying so in TLS; what bencoding lacks at its end it will notice.
      if (body.size() == 0) {
        throw e;
      }
    }
    return body.toByteArray();
  }

  private static byte[] inflated(byte[] body) throws TrackerFailure {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] plain = in.readNBytes(Bounds.MAX_BODY + 1);
      if (plain.length > Bounds.MAX_BODY) {
        throw tooLong();
      }
      return plain;
    } catch (IOException e) {
      throw malformed("gzip that cannot be inflated: " + e.getMessage());
    }
  }

  private static String line(InputStream in, int[] budget) throws IOException, TrackerFailure {
    StringBuilder line = new StringBuilder();
    while (true) {
      int b = in.read();
      if (b < 0) {
        throw malformed("the connection was closed before the answer was complete");
      }
      if (--budget[0] < 0) {
        throw malformed("a head of more than " + MAX_HEAD + " bytes");
      }
      if (b == '\n') {
        break;
      }
      line.append((char) b);
    }
    int end = line.length();
    return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
  }

  private static TrackerFailure tooLong() {
    return malformed("an answer of more than " + Bounds.MAX_BODY + " bytes");
  }

  private static TrackerFailure malformed(String what) {
    return new TrackerFailure(Kind.MALFORMED, what);
  }
}
