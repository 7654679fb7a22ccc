package dev.muster.swarm;

import org.jspecify.annotations.Nullable;

/**
 * The members of one kind of a swarm too large for a block: a table a class. Used under the
 * stripe's lock.
 */
final class LargeGroup {
  private final int kind;
  private final Blocks blocks;
  private final MemberTables all;
  private final @Nullable MemberTable[] tables = new MemberTable[Partition.CLASSES];
  private int size;
  private int partials;

  /** The record of the swarm; kept up to date by the stripe. */
  int record;

  /**
   * @param blocks where members are kept
   * @param all the stripe's tables, to which this group's are added
   */
  LargeGroup(int kind, int record, Blocks blocks, MemberTables all) {
    this.kind = kind;
    this.record = record;
    this.blocks = blocks;
    this.all = all;
  }

  int kind() {
    return kind;
  }

  int size() {
    return size;
  }

  int partials() {
    return partials;
  }

  int count(int memberClass) {
    MemberTable table = tables[memberClass];
    return table == null ? 0 : table.size();
  }

  /** The table of a class, null while it has never had a member. */
  @Nullable MemberTable table(int memberClass) {
    return tables[memberClass];
  }

  /**
   * The class the member is in, or -1. Looks first where the caller expects it; then the table's
   * {@code foundBucket} and {@code foundIndex} say where it is.
   */
  int find(long[] entry, int expectedClass) {
    int hash = hashOf(entry);
    for (int i = 0; i < Partition.CLASSES; i++) {
      int memberClass = (expectedClass + i) % Partition.CLASSES;
      MemberTable table = tables[memberClass];
      if (table != null && table.size() > 0 && table.find(hash, entry)) {
        return memberClass;
      }
    }
    return -1;
  }

  private int hashOf(long[] entry) {
    return MemberTable.hashOf(all.seed(), entry, 0, Member.words(kind));
  }

  /**
   * Adds a member that is not there yet; it then is the one found.
   *
   * @param metadata what it said of itself; 0 if nothing, or if the entry holds it
   */
  void add(long[] entry, int memberClass, int metadata) {
    MemberTable table = tables[memberClass];
    if (table == null) {
      table = all.open(Member.words(kind), blocks);
      tables[memberClass] = table;
    }
    table.add(hashOf(entry), entry, metadata);
    size++;
    partials += Member.isPartial(entry[table.words - 1]) ? 1 : 0;
  }

  /**
   * Replaces flags and age of the member that was just found in this class.
   *
   * @param metadata what it says of itself; below 0 if nothing new
   */
  void refresh(int memberClass, long[] entry, int metadata) {
    MemberTable table = table(memberClass);
    if (table != null) {
      int bucket = table.foundBucket();
      int index = table.foundIndex();
      partials -= Member.isPartial(table.lastWord(bucket, index)) ? 1 : 0;
      table.refresh(bucket, index, entry[table.words - 1]);
      if (metadata >= 0) {
        table.setMetadata(bucket, index, metadata);
      }
      partials += Member.isPartial(entry[table.words - 1]) ? 1 : 0;
    }
  }

  /** What the member that was just found in this class said of itself. */
  int metadataFound(int memberClass) {
    MemberTable table = table(memberClass);
    return table == null ? 0 : table.metadata(table.foundBucket(), table.foundIndex());
  }

  /** Removes the member that was just found in this class. */
  void removeFound(int memberClass) {
    MemberTable table = table(memberClass);
    if (table != null) {
      removeAt(table, table.foundBucket(), table.foundIndex());
    }
  }

  /** Removes from a bucket whoever is too old; a bucket that is no longer there has none. */
  int expire(int memberClass, int bucket, int tick, int lifetime) {
    MemberTable table = tables[memberClass];
    if (table == null || bucket >= table.buckets()) {
      return 0;
    }
    int expired = 0;
    // Removing the last of a table's members may join buckets, so the bounds are asked for anew
    // each time.
    for (int i = table.count(bucket) - 1;
        i >= 0 && bucket < table.buckets() && i < table.count(bucket);
        i--) {
      if (Member.isExpired(table.lastWord(bucket, i), tick, lifetime)) {
        removeAt(table, bucket, i);
        expired++;
      }
    }
    return expired;
  }

  private void removeAt(MemberTable table, int bucket, int index) {
    partials -= Member.isPartial(table.lastWord(bucket, index)) ? 1 : 0;
    table.remove(bucket, index);
    size--;
  }

  /** Gives back what the tables hold; the group must not be used again. */
  void free() {
    for (MemberTable table : tables) {
      if (table != null) {
        table.free();
      }
    }
  }

  /**
   * The cell of the bucket where a member is, or would be, for a reader without the lock; perhaps
   * stale, 0 if there is none.
   */
  long racyCell(long[] entry, int memberClass) {
    MemberTable table = tables[memberClass];
    return table == null ? 0 : table.racyCell(hashOf(entry));
  }
}
