package dev.muster.server.udp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * A door for UDP: sockets, and the threads that answer what comes in. Opened once, closed once; may
 * be used from any thread.
 */
public interface UdpDoor extends AutoCloseable {
  /**
   * Opens the sockets and begins to answer. When it fails, nothing stays open.
   *
   * @throws IOException if an address cannot be listened on; says which and why
   */
  void start() throws IOException;

  /**
   * Where the door listens, with the ports that the system chose; empty before {@link #start}. A
   * socket that hears both families on all addresses is told as {@code 0.0.0.0} and {@code ::}.
   */
  List<InetSocketAddress> addresses();

  /**
   * Answers what has been received already, then closes the sockets. Returns within a second,
   * whatever the network does. Closing again does nothing.
   */
  @Override
  void close();
}
