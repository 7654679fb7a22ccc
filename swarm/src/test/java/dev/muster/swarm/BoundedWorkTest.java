package dev.muster.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * That no single step, and so no time a lock is held, grows with the tables: counted in longs of
 * the tables that a step changes, not in time.
 */
class BoundedWorkTest {
  private static final int ENTRIES = 300_000;
  private static final int SAMPLE_EVERY = 2_000;

  /** Two buckets taken apart and the blocks that fill the gaps: a page each, at the worst. */
  private static final int MOST_LONGS = 6 * Pages.WORDS;

  private final AtomicLong bytes = new AtomicLong();
  private final Pages pages = new Pages(bytes);
  private final MemoryMeter memory = new MemoryMeter(bytes);
  private long[] before = {};
  private int most;

  @Test
  void aMemberTableGrowsAndShrinksByABucketAtATime() {
    MemberTables tables = new MemberTables(3, memory);
    MemberTable table = tables.open(1, new Blocks(tables::blockMoved, pages, memory));
    long[] entry = new long[1];
    for (int i = 0; i < ENTRIES; i++) {
      entry[0] = (i + 1L) << 32;
      boolean watched = isWatched(i, table.buckets());
      before(watched);
      table.add(MemberTable.hashOf(3, entry, 0, 1), entry, 0);
      after(watched);
    }
    for (int i = 0; i < ENTRIES; i++) {
      entry[0] = (i + 1L) << 32;
      assertThat(table.find(MemberTable.hashOf(3, entry, 0, 1), entry)).isTrue();
      boolean watched = isWatched(i, table.buckets());
      before(watched);
      table.remove(table.foundBucket(), table.foundIndex());
      after(watched);
    }
    assertThat(most).isBetween(16, MOST_LONGS);
  }

  @Test
  void theDirectoryGrowsAndShrinksByABucketAtATime() {
    SwarmDirectory directory = new SwarmDirectory(pages, memory);
    for (int i = 0; i < ENTRIES; i++) {
      boolean watched = isWatched(i, i / 5);
      before(watched);
      directory.put((int) Mixing.mix(5, i), i);
      after(watched);
    }
    for (int i = 0; i < ENTRIES; i++) {
      boolean watched = isWatched(i, (ENTRIES - i) * 2 / 5);
      before(watched);
      directory.take((int) Mixing.mix(5, i), i);
      after(watched);
    }
    assertThat(directory.size()).isZero();
    assertThat(most).isBetween(8, MOST_LONGS);
  }

  @Test
  void oneStepOfForgettingRemovesNoMoreThanItLooksAt() {
    SwarmsConfig config = new SwarmsConfig(1, 3600, 360, 1L << 30, 9);
    MemoryBudget budget = new MemoryBudget(config.memoryBytes());
    Stripe stripe = new Stripe(config, budget, pages, new HashSecret(1), 2);
    for (int i = 0; i < ENTRIES; i++) {
      // One swarm of a third of all, and very many of six.
      TestPeer peer = TestPeer.ipv4(TestPeer.hash(i % 3 == 0 ? 0 : 1 + i / 9), i, 1000);
      stripe.announce(peer, HashSecret.tag(new HashSecret(1).place(peer)), TestSink.wanting(0), 0);
    }
    int looks = 64;
    long largest = 0;
    long removed = 0;
    while (removed < ENTRIES) {
      stripe.sweep(looks, 4000);
      long[] totals = new long[9];
      stripe.addTo(totals);
      largest = Math.max(largest, totals[8] - removed);
      removed = totals[8];
    }
    assertThat(largest).isBetween((long) looks / 2, (long) looks + Partition.MAX_MEMBERS);
  }

  /** Every so often, and wherever something doubles. */
  private static boolean isWatched(int i, int buckets) {
    int fromPowerOfTwo = Math.abs(buckets - Integer.highestOneBit(Math.max(1, buckets)));
    return i % SAMPLE_EVERY == 0 || i > ENTRIES / 2 && fromPowerOfTwo <= 1 && i % 2 == 0;
  }

  private void before(boolean watched) {
    if (watched) {
      before = words();
    }
  }

  private void after(boolean watched) {
    if (watched) {
      long[] after = words();
      int changed = 0;
      for (int i = 0; i < after.length; i++) {
        // What became 0 was cleared, or its chunk has been let go, which is no work.
        changed += after[i] != 0 && after[i] != (i < before.length ? before[i] : 0) ? 1 : 0;
      }
      most = Math.max(most, changed);
    }
  }

  private long[] words() {
    long[] words = new long[(int) (bytes.get() / Long.BYTES * 5 / 4) + (1 << 15)];
    for (int i = 0; i < words.length; i++) {
      words[i] = pages.racyGet(i);
    }
    return words;
  }
}
