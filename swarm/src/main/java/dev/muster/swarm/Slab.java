package dev.muster.swarm;

import java.util.Arrays;

/**
 * Blocks of one size, always packed without a gap: block numbers run from 0 to {@link #count()} -
 * 1.
 *
 * <p>Freeing a block moves the last one into its place, so there is no fragmentation, ever, and
 * pages go back as blocks go. Whoever points at blocks must follow that move; that is why a block
 * knows its owner (see {@link Blocks}).
 *
 * <p>Used under the stripe's lock, but for {@link #racyAddress}.
 */
final class Slab {
  /** Bits of fraction in {@link #perPageInverse}: enough for any block number below 2^29. */
  private static final int INVERSE_SHIFT = 36;

  private final Pages pages;
  private final MemoryMeter memory;
  private final int words;
  private final int perPage;
  private final long perPageInverse;
  private int[] numbers = new int[0];
  private int count;

  /**
   * @param words longs in a block, 1 to {@link Pages#WORDS}
   */
  Slab(int words, Pages pages, MemoryMeter memory) {
    this.words = words;
    this.pages = pages;
    this.memory = memory;
    this.perPage = Pages.WORDS / words;
    this.perPageInverse = (1L << INVERSE_SHIFT) / perPage + 1;
  }

  int count() {
    return count;
  }

  /** The array that holds this block. */
  long[] array(int block) {
    return pages.chunk(numbers[pageOf(block)]);
  }

  /** Where in its array this block begins. */
  int base(int block) {
    int page = pageOf(block);
    return baseIn(numbers[page], block - page * perPage);
  }

  /** {@code block / perPage}, without the division. */
  private int pageOf(int block) {
    return (int) (block * perPageInverse >>> INVERSE_SHIFT);
  }

  private int baseIn(int number, int blockOfPage) {
    return Pages.base(number) + blockOfPage * words;
  }

  /** A new block at the end, all zeros. */
  int allocate() {
    int page = pageOf(count);
    if (page * perPage == count) {
      if (page == numbers.length) {
        resizeNumbers(page + (page >> 2) + 2);
      }
      numbers[page] = pages.take();
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
    long[] array = array(last);
    int base = base(last);
    boolean moved = block != last;
    if (moved) {
      System.arraycopy(array, base, array(block), base(block), words);
    }
    int page = pageOf(last);
    if (page * perPage == last) {
      pages.give(numbers[page]);
      if (page < numbers.length >> 2) {
        resizeNumbers(numbers.length >> 1);
      }
    } else {
      Arrays.fill(array, base, base + words, 0);
    }
    return moved;
  }

  private void resizeNumbers(int length) {
    memory.grew((long) Integer.BYTES * (length - numbers.length));
    numbers = Arrays.copyOf(numbers, length);
  }

  /** Gives back all pages; the slab is empty then. */
  void clear() {
    for (int block = 0; block < count; block += perPage) {
      pages.give(numbers[pageOf(block)]);
    }
    count = 0;
    resizeNumbers(0);
  }

  /**
   * Where this block begins, as {@link Pages#racyGet} takes it, for a reader without the lock;
   * perhaps stale, -1 if there is no such block.
   */
  long racyAddress(int block) {
    int[] numbers = this.numbers;
    int page = pageOf(block);
    return block >= 0 && page < numbers.length
        ? Pages.address(numbers[page]) + (block - page * perPage) * words
        : -1;
  }
}
