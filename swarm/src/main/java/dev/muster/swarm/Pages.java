package dev.muster.swarm;

import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The memory of all tables: pages of 1 KiB, taken and given back one at a time. Thread-safe.
 *
 * <pre>
 *   page number    31                 7 6              0
 *                 | chunk              | page in chunk  |
 * </pre>
 *
 * <p>Pages are cut from chunks, arrays of 128 KiB, so that the garbage collector sees few objects
 * and none that comes and goes with the peers: a page given back is the next one taken, from the
 * lowest chunk that has one. Chunks without a page in use are kept for the next rush, and let go
 * only when they are more than those in use: what is let go stays resident until the collector next
 * goes through the old generation, which it seldom has a reason to.
 *
 * <p>Whoever holds a page reads and writes it under its own lock. The touch pass reads any page
 * without one: a chunk is an array, so what it sees may be stale, but is never unmapped.
 */
final class Pages {
  /** Longs in a page. */
  static final int WORDS = 128;

  private static final int WORD_SHIFT = 7;
  private static final int CHUNK_SHIFT = 7;
  private static final int CHUNK_PAGES = 1 << CHUNK_SHIFT;
  private static final int CHUNK_WORDS = CHUNK_PAGES << WORD_SHIFT;

  /** So many are kept however few are in use: 2 MiB. */
  private static final int KEPT_CHUNKS = 16;

  private static final int NONE = -1;

  private final AtomicLong bytes;
  private long[] @Nullable [] chunks = new long[8][];

  /** Of each chunk the first free page within it; its first word tells the next one. */
  private int[] firstFree = new int[8];

  private int[] used = new int[8];
  private final BitSet withRoom = new BitSet();
  private int busyChunks;
  private int idleChunks;

  /**
   * @param bytes where the pages in use are added
   */
  Pages(AtomicLong bytes) {
    this.bytes = bytes;
  }

  /** A page of zeros. */
  synchronized int take() {
    int chunk = withRoom.nextSetBit(0);
    if (chunk < 0) {
      chunk = makeChunk();
    }
    int within = firstFree[chunk];
    int page = chunk << CHUNK_SHIFT | within;
    long[] array = chunk(page);
    int base = base(page);
    firstFree[chunk] = (int) array[base];
    Arrays.fill(array, base, base + WORDS, 0);
    if (used[chunk]++ == 0) {
      idleChunks--;
      busyChunks++;
    }
    if (firstFree[chunk] == NONE) {
      withRoom.clear(chunk);
    }
    bytes.addAndGet(WORDS * Long.BYTES);
    return page;
  }

  /** The page is no longer needed. */
  synchronized void give(int page) {
    int chunk = page >>> CHUNK_SHIFT;
    chunk(page)[base(page)] = firstFree[chunk];
    firstFree[chunk] = page & CHUNK_PAGES - 1;
    withRoom.set(chunk);
    bytes.addAndGet(-WORDS * Long.BYTES);
    if (--used[chunk] > 0) {
      return;
    }
    busyChunks--;
    if (idleChunks < KEPT_CHUNKS + busyChunks) {
      idleChunks++;
    } else {
      chunks[chunk] = null;
      withRoom.clear(chunk);
    }
  }

  private int makeChunk() {
    int chunk = 0;
    while (chunk < chunks.length && chunks[chunk] != null) {
      chunk++;
    }
    if (chunk == chunks.length) {
      int room = chunk + (chunk >> 1);
      chunks = Arrays.copyOf(chunks, room);
      firstFree = Arrays.copyOf(firstFree, room);
      used = Arrays.copyOf(used, room);
    }
    long[] array = new long[CHUNK_WORDS];
    for (int page = 0; page < CHUNK_PAGES; page++) {
      array[page << WORD_SHIFT] = page + 1 < CHUNK_PAGES ? page + 1 : NONE;
    }
    chunks[chunk] = array;
    firstFree[chunk] = 0;
    withRoom.set(chunk);
    idleChunks++;
    return chunk;
  }

  /** The array that holds a page in use. */
  @SuppressWarnings("NullAway") // the chunk of a page in use is there
  long[] chunk(int page) {
    return chunks[page >>> CHUNK_SHIFT];
  }

  /**
   * A word, for a reader without a lock: perhaps stale, 0 if there is none such.
   *
   * @param address page (from bit 7 up) and word in it, 0 and up
   */
  long racyGet(long address) {
    long[] @Nullable [] chunks = this.chunks;
    int chunk = (int) (address >>> WORD_SHIFT + CHUNK_SHIFT);
    long[] array = chunk < chunks.length ? chunks[chunk] : null;
    return array == null ? 0 : array[(int) address & CHUNK_WORDS - 1];
  }

  /** The address that {@link #racyGet} takes of a page's first word. */
  static long address(int page) {
    return (long) page << WORD_SHIFT;
  }

  /** Where in its array a page begins. */
  static int base(int page) {
    return (page & CHUNK_PAGES - 1) << WORD_SHIFT;
  }
}
