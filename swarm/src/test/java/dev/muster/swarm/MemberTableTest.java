package dev.muster.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberTableTest {
  private static final long SEED = 99;

  @ParameterizedTest(name = "{0} words")
  @ValueSource(ints = {1, 3, 4})
  void itHoldsWhatAPlainSetHolds(int words) {
    SplittableRandom random = new SplittableRandom(words);
    AtomicLong bytes = new AtomicLong();
    MemberTable table = table(words, bytes);
    Set<Integer> plain = new HashSet<>();
    long[] entry = new long[words];
    for (int i = 0; i < 300_000; i++) {
      boolean grow = i / 50_000 % 2 == 0;
      int number = random.nextInt(20_000);
      fill(entry, number);
      boolean there = table.find(hash(entry), entry);
      require(there == plain.contains(number), "found what is there");
      if (there && (!grow || random.nextInt(10) == 0)) {
        table.remove(table.foundBucket(), table.foundIndex());
        plain.remove(number);
      } else if (!there && (grow || random.nextInt(10) == 0)) {
        table.add(hash(entry), entry, 0);
        plain.add(number);
      }
      require(table.size() == plain.size(), "size");
      if (i % 10_000 == 0) {
        checkWhole(table, plain);
      }
    }
    checkWhole(table, plain);
    table.free();
    assertThat(Math.abs(bytes.get())).as("all that was counted is given back").isLessThan(4096);
  }

  private static void checkWhole(MemberTable table, Set<Integer> plain) {
    int seen = 0;
    for (int bucket = 0; bucket < table.buckets(); bucket++) {
      require(table.count(bucket) <= table.fullest(), "the fullest bucket is known");
      for (int i = 0; i < table.count(bucket); i++) {
        long last = table.lastWord(bucket, i);
        require(plain.contains((int) (last >>> 16)), "only what was put in");
        long[] entry = new long[table.words];
        fill(entry, (int) (last >>> 16));
        require(table.find(hash(entry), entry), "found by its key");
        require(table.foundBucket() == bucket && table.foundIndex() == i, "found where it is");
        seen++;
      }
    }
    assertThat(seen).isEqualTo(plain.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 10_000, 100_000})
  void memoryFollowsTheEntries(int members) {
    AtomicLong bytes = new AtomicLong();
    MemberTable table = table(1, bytes);
    long[] entry = new long[1];
    for (int i = 0; i < members; i++) {
      fill(entry, i + 1);
      table.add(hash(entry), entry, 0);
    }
    // 8 bytes a member is the floor; room in blocks, two words of overhead for some 16 members, and
    // the half-empty last page of each size.
    assertThat(bytes.get() / (double) members).isBetween(8.0, 11.0 + 20_000.0 / members);
  }

  /** A table in blocks of its own. */
  private static MemberTable table(int words, AtomicLong bytes) {
    MemoryMeter memory = new MemoryMeter(bytes);
    MemberTables tables = new MemberTables(SEED, memory);
    return tables.open(words, new Blocks(tables::blockMoved, new Pages(bytes), memory));
  }

  private static int hash(long[] entry) {
    return MemberTable.hashOf(SEED, entry, 0, entry.length);
  }

  /** As an assertion, but a million of them a second. */
  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  private static void fill(long[] entry, int number) {
    for (int i = 0; i < entry.length - 1; i++) {
      entry[i] = number * 31L + i;
    }
    entry[entry.length - 1] = (long) number << 16 | number & 0xff;
  }
}
