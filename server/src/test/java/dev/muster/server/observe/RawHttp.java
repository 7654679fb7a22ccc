package dev.muster.server.observe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** An HTTP client that sends whatever bytes a test wants sent, and reads answers one by one. */
final class RawHttp implements AutoCloseable {
  /** Whoever waits longer than this on loopback waits for something that will not come. */
  private static final int PATIENCE_MILLIS = 10_000;

  record Answer(int status, Map<String, List<String>> headers, String body) {
    String header(String name) {
      List<String> values = headers.getOrDefault(name, List.of());
      if (values.size() != 1) {
        throw new AssertionError(name + " occurs " + values.size() + " times in " + headers);
      }
      return values.getFirst();
    }
  }

  final Socket socket = new Socket();
  private final InputStream in;
  private final OutputStream out;

  RawHttp(InetSocketAddress address) throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(address, PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** One request on a connection of its own. */
  static Answer once(InetSocketAddress address, String request) throws IOException {
    try (RawHttp http = new RawHttp(address)) {
      return http.send(request).answer();
    }
  }

  RawHttp send(String text) throws IOException {
    return send(text.getBytes(ISO_8859_1));
  }

  RawHttp send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    return this;
  }

  /** The next answer. */
  Answer answer() throws IOException {
    return answer(false);
  }

  /** The next answer, which is one to HEAD and has no body. */
  Answer answerToHead() throws IOException {
    return answer(true);
  }

  private Answer answer(boolean head) throws IOException {
    String status = line();
    if (!status.startsWith("HTTP/1.1 ")) {
      throw new AssertionError("not a status line: " + status);
    }
    Map<String, List<String>> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers
          .computeIfAbsent(
              line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", List.of("0")).getFirst());
    byte[] body = head ? new byte[0] : in.readNBytes(length);
    return new Answer(Integer.parseInt(status.substring(9, 12)), headers, new String(body, UTF_8));
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the connection ended after: " + line.toString(ISO_8859_1));
      }
      line.write(b);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }

  /** Whether the other side closes without a further byte; waits for it. */
  boolean isEnded() {
    try {
      return in.read() < 0;
    } catch (java.net.SocketTimeoutException stillOpen) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
