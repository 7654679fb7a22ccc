package dev.muster.server.udp.linux;

/**
 * What the kernel says of a socket's receive buffer.
 *
 * @param receiveBufferBytes its size, the kernel's own overhead included, which is twice what was
 *     asked for; -1 if not known
 * @param lost packets that came while it was full, since the socket was opened; -1 if not known
 */
public record SocketMemory(long receiveBufferBytes, long lost) {
  static final SocketMemory UNKNOWN = new SocketMemory(-1, -1);
}
