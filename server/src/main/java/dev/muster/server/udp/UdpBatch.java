package dev.muster.server.udp;

import dev.muster.protocol.announce.Announce;
import dev.muster.swarm.AnnounceBatch;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Packets that are received together and answered together, in two buffers of equal places; as a
 * {@link AnnounceBatch}, those announces among them that will be answered. Belongs to one thread.
 */
final class UdpBatch implements AnnounceBatch {
  /**
   * Bytes for a packet: a scrape of 74 hashes has 1496, and an odd number of cache lines spreads
   * the places over the cache. What is longer is cut, which BEP 15 requests do not mind.
   */
  static final int PACKET_BYTES = 1600;

  private final Exchange[] exchanges;
  private final int[] announces;
  private int size;
  private long bytes;
  private int announceCount;

  /**
   * @param capacity the most packets, 1 and up
   * @param in big-endian, {@link #PACKET_BYTES} for each packet
   * @param out big-endian, {@code replyBytes} for each packet
   * @param replyBytes the most bytes of a reply
   */
  UdpBatch(int capacity, ByteBuffer in, ByteBuffer out, int replyBytes) {
    exchanges = new Exchange[capacity];
    Arrays.setAll(exchanges, i -> new Exchange(in, i * PACKET_BYTES, out, i * replyBytes));
    announces = new int[capacity];
  }

  int capacity() {
    return exchanges.length;
  }

  /** Begins anew, with no packet. */
  void clear() {
    size = 0;
    bytes = 0;
    announceCount = 0;
  }

  /** Takes in the packet that lies in the next place. See {@link Exchange#received}. */
  void received(int length, long sourceHigh, long sourceLow) {
    exchanges[size++].received(length, sourceHigh, sourceLow);
    bytes += length;
  }

  /** Bytes of all packets taken in. */
  long bytes() {
    return bytes;
  }

  /** Packets taken in, 0 to capacity. */
  int packets() {
    return size;
  }

  Exchange exchange(int index) {
    return exchanges[index];
  }

  /** The announce at this index will be answered. */
  void willAnnounce(int index) {
    announces[announceCount++] = index;
  }

  @Override
  public int size() {
    return announceCount;
  }

  @Override
  public Announce announce(int index) {
    return exchanges[announces[index]].announce();
  }
}
