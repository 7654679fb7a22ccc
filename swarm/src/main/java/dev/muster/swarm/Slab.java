package dev.muster.swarm;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of one size, always packed without a gap: block numbers run from 0 to {@link #count()} -
 * 1.
 *
 * <p>Freeing a block moves the last one into its place, so there is no fragmentation, ever, and
 * memory goes back as blocks go. Whoever points at blocks must follow that move; that is why a
 * block knows its owner (see {@link Blocks}).
 *
 * <p>Written under the stripe's lock. The touch pass reads {@link #page} without it and may see
 * anything stale.
 */
final class Slab {
  /**
   * Pages are about this long, so that the half-empty last one of each size costs little: 2 KiB.
   */
  private static final int PAGE_WORDS = 256;

  private final int words;
  private final int pageShift;
  private final MemoryMeter memory;
  private long[] @Nullable [] pages = new long[2][];
  private int count;

  /**
   * @param words longs in a block, 1 to {@value #PAGE_WORDS}
   */
  Slab(int words, MemoryMeter memory) {
    this.words = words;
    this.pageShift = 31 - Integer.numberOfLeadingZeros(PAGE_WORDS / words);
    this.memory = memory;
  }

  int count() {
    return count;
  }

  /** The page that holds this block; while the number is valid. */
  @SuppressWarnings("NullAway") // every page up to the last block's is there
  long[] page(int block) {
    return pages[block >>> pageShift];
  }

  /**
   * What {@link #page} gives, for a reader without the lock: the number may be stale, and then this
   * is null or any page.
   */
  long @Nullable [] racyPage(int block) {
    long[] @Nullable [] pages = this.pages;
    int page = block >>> pageShift;
    return page < pages.length ? pages[page] : null;
  }

  /** Where in its page this block begins. */
  int offset(int block) {
    return (block & (1 << pageShift) - 1) * words;
  }

  /** A new block at the end, all zeros. */
  int allocate() {
    int page = count >>> pageShift;
    if (page == pages.length) {
      pages = Arrays.copyOf(pages, page + (page >> 1) + 1);
    }
    if (pages[page] == null) {
      int length = words << pageShift;
      pages[page] = new long[length];
      memory.grew(length);
    }
    return count++;
  }

  /**
   * Frees a block; the last one takes its place and its number.
   *
   * @return whether a block was moved, that is, whether this was not the last one
   */
  boolean free(int block) {
    int last = --count;
    long[] lastPage = page(last);
    int lastOffset = offset(last);
    boolean moved = block != last;
    if (moved) {
      System.arraycopy(lastPage, lastOffset, page(block), offset(block), words);
    }
    Arrays.fill(lastPage, lastOffset, lastOffset + words, 0);
    dropSparePage();
    return moved;
  }

  /**
   * Keeps one empty page at most, so that coming and going over a page's edge does not allocate
   * each time.
   */
  private void dropSparePage() {
    int spare = (count + (1 << pageShift) - 1 >>> pageShift) + 1;
    if (spare < pages.length && pages[spare] != null) {
      memory.shrank(words << pageShift);
      pages[spare] = null;
    }
  }
}
