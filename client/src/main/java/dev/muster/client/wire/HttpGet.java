package dev.muster.client.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.muster.client.wire.TrackerFailure.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * One GET over one connection (RFC 9112).
 *
 * <p>Not {@code java.net.http}: it tries only the first address of a name, and cannot be told which
 * family to use, while a tracker has to be asked over both. A tracker is asked twice an hour, so
 * connections are not kept.
 *
 * <p>To be called in a virtual thread, whose interruption ends all of it.
 */
final class HttpGet {
  private final WireSettings settings;

  HttpGet(WireSettings settings) {
    this.settings = settings;
  }

  /**
   * Asks at the first of these addresses that takes the connection.
   *
   * @param addresses one at least
   */
  HttpResponse of(Target target, List<InetAddress> addresses, Deadline deadline)
      throws TrackerFailure, InterruptedException {
    try (Socket plain = connected(target, addresses, deadline)) {
      plain.setTcpNoDelay(true);
      Socket socket = target.isSecured() ? secured(plain, target, deadline) : plain;
      socket.getOutputStream().write(request(target));
      socket.getOutputStream().flush();
      return HttpResponse.read(new Timed(socket, deadline));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private byte[] request(Target target) {
    String head =
        "GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: %s\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"
            .formatted(target.pathAndQuery(), target.hostField(), settings.userAgent());
    return head.getBytes(ISO_8859_1);
  }

  private static Socket connected(Target target, List<InetAddress> addresses, Deadline deadline)
      throws TrackerFailure, InterruptedException {
    TrackerFailure last = new TrackerFailure(Kind.UNREACHABLE, "no address");
    int left = addresses.size();
    for (InetAddress address : addresses) {
      Socket socket = new Socket();
      try {
        socket.connect(
            new InetSocketAddress(address, target.port()), deadline.share(left--).millis());
        return socket;
      } catch (IOException e) {
        closeQuietly(socket);
        last = failure(e);
      }
    }
    throw last;
  }

  private SSLSocket secured(Socket plain, Target target, Deadline deadline)
      throws IOException, TrackerFailure {
    try {
      SSLContext trust = settings.trust() == null ? SSLContext.getDefault() : settings.trust();
      SSLSocket socket =
          (SSLSocket)
              trust.getSocketFactory().createSocket(plain, target.host(), target.port(), true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS"); // else any certificate will do
      socket.setSSLParameters(parameters);
      plain.setSoTimeout(deadline.millis());
      socket.startHandshake();
      return socket;
    } catch (NoSuchAlgorithmException e) {
      throw new TrackerFailure(Kind.UNREACHABLE, "no TLS here: " + e.getMessage());
    }
  }

  private static TrackerFailure failure(IOException e) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return switch (e) {
      case SocketTimeoutException slow -> new TrackerFailure(Kind.TIMED_OUT, "no answer in time");
      case SSLException untrusted ->
          new TrackerFailure(Kind.UNREACHABLE, "TLS: " + untrusted.getMessage());
      default -> new TrackerFailure(Kind.UNREACHABLE, String.valueOf(e.getMessage()));
    };
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      System.getLogger(HttpGet.class.getName())
          .log(System.Logger.Level.DEBUG, "closing a connection that never was", e);
    }
  }

  /** Each read ends with the whole call, however slowly the bytes drip. */
  private static final class Timed extends InputStream {
    private final Socket socket;
    private final InputStream in;
    private final Deadline deadline;

    Timed(Socket socket, Deadline deadline) throws IOException {
      this.socket = socket;
      this.in = socket.getInputStream();
      this.deadline = deadline;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        socket.setSoTimeout(deadline.millis());
      } catch (TrackerFailure over) {
        throw new SocketTimeoutException(over.getMessage());
      }
      return in.read(into, offset, length);
    }
  }
}
