package dev.muster.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ssl.SSLContext;

/** Somebody between a client and the door, who passes everything on until told otherwise. */
final class Relay implements AutoCloseable {
  private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final Socket door;
  private volatile boolean tampering;

  Relay(InetSocketAddress door) throws IOException {
    this.door = new Socket(door.getAddress(), door.getPort());
  }

  /** A client's connection through it. */
  Socket connect(SSLContext context) throws IOException {
    Socket client =
        context
            .getSocketFactory()
            .createSocket(InetAddress.getLoopbackAddress(), listening.getLocalPort());
    Socket accepted = listening.accept();
    Thread.ofVirtual().start(() -> pass(accepted, door, true));
    Thread.ofVirtual().start(() -> pass(door, accepted, false));
    return client;
  }

  /** From now on, what the client sends arrives changed. */
  void tamper() {
    tampering = true;
  }

  private void pass(Socket from, Socket to, boolean fromClient) {
    byte[] bytes = new byte[4096];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(bytes); count > 0; count = in.read(bytes)) {
        if (fromClient && tampering) {
          bytes[count - 1] ^= 1;
        }
        out.write(bytes, 0, count);
      }
    } catch (IOException closed) {
      // is the end of it
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    door.close();
  }
}
