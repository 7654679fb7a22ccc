package dev.muster.swarm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The member tables of a stripe by number, so that a bucket's block can name its owner.
 *
 * <pre>
 *   owner's word    63             32 31           2 1    0
 *                  | bucket          | table        | 1  1 |
 * </pre>
 *
 * <p>Used under the stripe's lock.
 */
final class MemberTables {
  /** In the low bits of an owner's word, where other owners have the kind of their members. */
  static final int MARK = Member.KINDS;

  private static final int TABLE_SHIFT = 2;
  private static final int BUCKET_SHIFT = 32;

  /** What a table's own objects take, roughly. */
  private static final int TABLE_BYTES = 160;

  private final long seed;
  private final MemoryMeter memory;
  private final List<@Nullable MemberTable> tables = new ArrayList<>();
  private final ArrayDeque<Integer> freeNumbers = new ArrayDeque<>(0);

  MemberTables(long seed, MemoryMeter memory) {
    this.seed = seed;
    this.memory = memory;
  }

  /** Places members in every table. */
  long seed() {
    return seed;
  }

  /** A new table for members of so many words each. */
  MemberTable open(int words, Blocks blocks) {
    Integer free = freeNumbers.poll();
    int number = free == null ? tables.size() : free;
    MemberTable table = new MemberTable(words, seed, blocks, this, number, memory);
    if (free == null) {
      tables.add(table);
    } else {
      tables.set(number, table);
    }
    memory.grew(TABLE_BYTES);
    return table;
  }

  void close(MemberTable table) {
    tables.set(table.number(), null);
    freeNumbers.add(table.number());
    memory.grew(-TABLE_BYTES);
  }

  long ownerWord(int table, int bucket) {
    return (long) bucket << BUCKET_SHIFT | (long) table << TABLE_SHIFT | MARK;
  }

  static boolean owns(long ownerWord) {
    return (ownerWord & MARK) == MARK;
  }

  void blockMoved(long ownerWord, int reference) {
    MemberTable table = tables.get((int) ownerWord >>> TABLE_SHIFT);
    if (table != null) {
      table.blockMoved((int) (ownerWord >>> BUCKET_SHIFT), reference);
    }
  }
}
