package dev.muster.server.observe;

/**
 * What the system keeps for a door until it is read, and what it had to throw away.
 *
 * @param bytes of the receive buffers of all its sockets, as the system counts them; -1 if not
 *     known
 * @param lost packets that came while a buffer was full, since the door opened; -1 if not known
 */
public record ReceiveQueues(long bytes, long lost) {
  /** Nothing is known. */
  public static final ReceiveQueues UNKNOWN = new ReceiveQueues(-1, -1);
}
