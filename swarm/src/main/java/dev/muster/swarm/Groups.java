package dev.muster.swarm;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The members of each swarm by kind: in a block while they are few, in a {@link LargeGroup} when
 * they are many. Used under the stripe's lock.
 *
 * <p>{@link #find} remembers where the member is, for the call that follows it.
 */
final class Groups implements Blocks.Owner {
  private final Records records;
  private final Blocks blocks;
  private final MemberTables tables;
  private @Nullable LargeGroup[] large = new LargeGroup[1];
  private int largeCount;
  private int foundIndex;

  Groups(Records records, long seed, Pages pages, MemoryMeter memory) {
    this.records = records;
    this.blocks = new Blocks(this, pages, memory);
    this.tables = new MemberTables(seed, memory);
  }

  /** The group of this kind if it is a large one. */
  @Nullable LargeGroup large(int record, int kind) {
    return records.counts(record, kind) == Records.LARGE
        ? largeGroup(records.reference(record, kind))
        : null;
  }

  @SuppressWarnings("NullAway") // a record names only a group that is there
  private LargeGroup largeGroup(int number) {
    return large[number];
  }

  int seeders(int record) {
    return countOf(record, Partition.SEED_PUBLIC, Partition.CLASSES);
  }

  int leechers(int record) {
    return countOf(record, Partition.LEECH_PRIVATE, Partition.SEED_PUBLIC);
  }

  private int countOf(int record, int firstClass, int endClass) {
    int sum = 0;
    for (int kind = 0; kind < Member.KINDS; kind++) {
      sum += count(record, kind, firstClass, endClass);
    }
    return sum;
  }

  /** Members of one kind in a run of classes. */
  int count(int record, int kind, int firstClass, int endClass) {
    int counts = records.counts(record, kind);
    int sum = 0;
    if (counts == Records.LARGE) {
      LargeGroup group = largeGroup(records.reference(record, kind));
      for (int c = firstClass; c < endClass; c++) {
        sum += group.count(c);
      }
    } else if (counts != 0) {
      sum = Partition.start(counts, endClass) - Partition.start(counts, firstClass);
    }
    return sum;
  }

  int partials(int record) {
    int sum = 0;
    for (int kind = 0; kind < Member.KINDS; kind++) {
      int counts = records.counts(record, kind);
      if (counts == Records.LARGE) {
        sum += largeGroup(records.reference(record, kind)).partials();
      } else if (counts != 0) {
        sum +=
            partialsInBlock(
                records.reference(record, kind), Member.words(kind), Partition.total(counts));
      }
    }
    return sum;
  }

  private int partialsInBlock(int reference, int words, int members) {
    long[] array = blocks.array(reference);
    int last = blocks.base(reference) + words - 1;
    int sum = 0;
    for (int i = 0; i < members; i++) {
      sum += Member.isPartial(array[last + i * words]) ? 1 : 0;
    }
    return sum;
  }

  /** The class of the member with the entry's key, or -1; looks where it is expected first. */
  int find(int record, int kind, long[] entry, int expectedClass) {
    int counts = records.counts(record, kind);
    if (counts == 0) {
      return -1;
    }
    int reference = records.reference(record, kind);
    if (counts == Records.LARGE) {
      return largeGroup(reference).find(entry, expectedClass);
    }
    foundIndex =
        Member.indexOf(
            blocks.array(reference),
            blocks.base(reference),
            Partition.total(counts),
            Member.words(kind),
            entry);
    return foundIndex < 0 ? -1 : Partition.classAt(counts, foundIndex);
  }

  /**
   * Adds a member that is not there yet; it then is the one found.
   *
   * @param metadata what it said of itself; 0 or below if nothing, or if the entry holds it
   */
  void add(int record, int kind, long[] entry, int memberClass, int metadata) {
    int words = Member.words(kind);
    int counts = records.counts(record, kind);
    if (counts == Records.LARGE) {
      largeGroup(records.reference(record, kind)).add(entry, memberClass, metadata);
      return;
    }
    int members = Partition.total(counts);
    int reference = records.reference(record, kind);
    if (members > 0 && members >= most(reference, words, metadata)) {
      enlarge(record, kind, counts).add(entry, memberClass, metadata);
      return;
    }
    if (members == 0) {
      boolean withMetadata = metadata > 0 && words == 1;
      reference = blocks.allocate(1, words, ownerWord(record, kind), withMetadata);
      records.setGroup(record, kind, reference, counts);
    } else if (!blocks.canKeep(reference, words, metadata)) {
      reference = keepMetadata(record, kind, counts, members + 1);
    } else if (members == blocks.capacity(reference, words)) {
      reference = resettle(record, kind, counts, members + 1);
    }
    foundIndex =
        Partition.insert(
            blocks.array(reference),
            blocks.base(reference),
            words,
            blocks.top(reference),
            counts,
            memberClass,
            entry);
    if (metadata > 0) {
      blocks.setMetadata(reference, words, foundIndex, metadata);
    }
    records.setGroup(record, kind, reference, Partition.adjust(counts, memberClass, 1));
  }

  /** The most members of a small group one of which says this. */
  private int most(int reference, int words, int metadata) {
    return metadata > 0 || blocks.hasMetadata(reference)
        ? Blocks.mostMembersWithMetadata(words)
        : Blocks.mostMembers(words);
  }

  /**
   * Replaces flags and age of the member just found, and moves it to another class if that has
   * changed.
   *
   * @param metadata what it says of itself; below 0 if nothing new
   */
  void refresh(int record, int kind, long[] entry, int fromClass, int toClass, int metadata) {
    if (fromClass != toClass) {
      int known = metadata >= 0 ? metadata : metadataFound(record, kind, fromClass);
      removeFound(record, kind, fromClass);
      add(record, kind, entry, toClass, known);
      return;
    }
    int reference = records.reference(record, kind);
    if (records.counts(record, kind) == Records.LARGE) {
      largeGroup(reference).refresh(fromClass, entry, metadata);
      return;
    }
    int words = Member.words(kind);
    long[] array = blocks.array(reference);
    int at = blocks.base(reference) + (foundIndex + 1) * words - 1;
    array[at] = Metadata.refreshed(array[at], entry[words - 1], words);
    if (metadata >= 0) {
      setMetadataFound(record, kind, fromClass, entry, metadata);
    }
  }

  private int metadataFound(int record, int kind, int memberClass) {
    int reference = records.reference(record, kind);
    return records.counts(record, kind) == Records.LARGE
        ? largeGroup(reference).metadataFound(memberClass)
        : blocks.metadata(reference, Member.words(kind), foundIndex);
  }

  /** Of the member just found in a small group. */
  private void setMetadataFound(int record, int kind, int memberClass, long[] entry, int metadata) {
    int words = Member.words(kind);
    int reference = records.reference(record, kind);
    if (!blocks.canKeep(reference, words, metadata)) {
      int counts = records.counts(record, kind);
      if (Partition.total(counts) > Blocks.mostMembersWithMetadata(words)) {
        LargeGroup group = enlarge(record, kind, counts);
        group.find(entry, memberClass);
        group.refresh(memberClass, entry, metadata);
        return;
      }
      reference = keepMetadata(record, kind, counts, Partition.total(counts));
    }
    blocks.setMetadata(reference, words, foundIndex, metadata);
  }

  /** Moves a block's members into one with an array for their metadata. */
  private int keepMetadata(int record, int kind, int counts, int room) {
    int old = records.reference(record, kind);
    int members = Partition.total(counts);
    int reference = blocks.resize(old, members, room, Member.words(kind), true);
    records.setGroup(record, kind, reference, counts);
    return reference;
  }

  /** Removes the member just found in this class. */
  void removeFound(int record, int kind, int memberClass) {
    LargeGroup group = large(record, kind);
    if (group != null) {
      group.removeFound(memberClass);
      settle(record, kind);
    } else {
      removeFromBlock(record, kind, memberClass, foundIndex);
      settle(record, kind);
    }
  }

  private void removeFromBlock(int record, int kind, int memberClass, int index) {
    int counts = records.counts(record, kind);
    int reference = records.reference(record, kind);
    Partition.remove(
        blocks.array(reference),
        blocks.base(reference),
        Member.words(kind),
        blocks.top(reference),
        counts,
        memberClass,
        index);
    records.setGroup(record, kind, reference, Partition.adjust(counts, memberClass, -1));
  }

  /**
   * Removes from a block whoever is too old, and counts them by whether they were seeds.
   *
   * @param removed removed[0] leechers, removed[1] seeds; added to
   */
  void expireInBlock(int record, int kind, int tick, int lifetime, int[] removed) {
    int counts = records.counts(record, kind);
    int words = Member.words(kind);
    int before = Partition.total(counts);
    for (int i = before - 1; i >= 0; i--) {
      int reference = records.reference(record, kind);
      long last = blocks.array(reference)[blocks.base(reference) + (i + 1) * words - 1];
      if (Member.isExpired(last, tick, lifetime)) {
        int memberClass = Partition.classAt(records.counts(record, kind), i);
        removeFromBlock(record, kind, memberClass, i);
        removed[Partition.isSeed(memberClass) ? 1 : 0]++;
      }
    }
    if (before != Partition.total(records.counts(record, kind))) {
      settle(record, kind);
    }
  }

  /**
   * After removals: gives up a group that is empty, and moves one that has become small to where it
   * fits.
   */
  void settle(int record, int kind) {
    int words = Member.words(kind);
    int counts = records.counts(record, kind);
    int reference = records.reference(record, kind);
    if (counts == Records.LARGE) {
      LargeGroup group = largeGroup(reference);
      if (group.size() <= Blocks.mostMembers(words) / 2) {
        reduce(record, kind, group);
      }
      return;
    }
    int members = Partition.total(counts);
    if (members == 0) {
      blocks.free(reference);
      records.setGroup(record, kind, 0, 0);
    } else if (blocks.isRoomy(reference, members, words)) {
      resettle(record, kind, counts, members);
    }
  }

  /** Moves a block's members into one for so many. */
  private int resettle(int record, int kind, int counts, int room) {
    int old = records.reference(record, kind);
    int reference = blocks.resize(old, Partition.total(counts), room, Member.words(kind));
    records.setGroup(record, kind, reference, counts);
    return reference;
  }

  private LargeGroup enlarge(int record, int kind, int counts) {
    int words = Member.words(kind);
    int old = records.reference(record, kind);
    LargeGroup group = new LargeGroup(kind, record, blocks, tables);
    long[] members = new long[Partition.total(counts) * words];
    int[] metadata = new int[Partition.total(counts)];
    System.arraycopy(blocks.array(old), blocks.base(old), members, 0, members.length);
    for (int i = 0; i < metadata.length; i++) {
      metadata[i] = blocks.metadata(old, words, i);
    }
    blocks.free(old);
    long[] entry = new long[words];
    for (int i = 0; i < metadata.length; i++) {
      System.arraycopy(members, i * words, entry, 0, words);
      group.add(entry, Partition.classAt(counts, i), metadata[i]);
    }
    if (largeCount == large.length) {
      large = Arrays.copyOf(large, largeCount + (largeCount >> 1) + 1);
    }
    records.setGroup(record, kind, largeCount, Records.LARGE);
    large[largeCount++] = group;
    return group;
  }

  private void reduce(int record, int kind, LargeGroup group) {
    int number = records.reference(record, kind);
    LargeGroup last = largeGroup(--largeCount);
    large[largeCount] = null;
    if (last != group) {
      large[number] = last;
      records.setGroup(last.record, last.kind(), number, Records.LARGE);
    }
    records.setGroup(record, kind, 0, 0);
    long[] entry = new long[Member.words(kind)];
    for (int c = 0; c < Partition.CLASSES; c++) {
      MemberTable table = group.table(c);
      for (int bucket = 0; table != null && bucket < table.buckets(); bucket++) {
        for (int i = 0; i < table.count(bucket); i++) {
          int at = table.base(bucket) + i * entry.length;
          System.arraycopy(table.array(bucket), at, entry, 0, entry.length);
          add(record, kind, entry, c, table.metadata(bucket, i));
        }
      }
    }
    group.free();
  }

  /**
   * Tells of members in a run of classes.
   *
   * @param selfClass the class of the announcing member, if it is of this kind and was just found
   *     or added; else -1
   */
  void tell(
      PeerSink out,
      Sampler sampler,
      int record,
      int kind,
      int firstClass,
      int endClass,
      int selfClass,
      int wanted) {
    int counts = records.counts(record, kind);
    int reference = records.reference(record, kind);
    boolean leaveOut = selfClass >= firstClass && selfClass < endClass;
    if (counts == Records.LARGE) {
      LargeGroup group = largeGroup(reference);
      sampler.tables(
          out, group, firstClass, endClass, leaveOut ? group.table(selfClass) : null, wanted);
    } else if (counts != 0) {
      sampler.run(
          out,
          kind,
          blocks.array(reference),
          blocks.base(reference),
          blocks.top(reference),
          Partition.start(counts, firstClass),
          Partition.start(counts, endClass),
          leaveOut ? foundIndex : -1,
          wanted);
    }
  }

  /** The record has a new number. */
  void recordMoved(int to) {
    for (int kind = 0; kind < Member.KINDS; kind++) {
      int counts = records.counts(to, kind);
      if (counts == Records.LARGE) {
        largeGroup(records.reference(to, kind)).record = to;
      } else if (counts != 0) {
        blocks.setOwner(records.reference(to, kind), ownerWord(to, kind));
      }
    }
  }

  /** In the blocks of small groups: record (63..2) | kind (1..0). */
  private static long ownerWord(int record, int kind) {
    return (long) record << 2 | kind;
  }

  @Override
  public void blockMoved(long ownerWord, int reference) {
    if (MemberTables.owns(ownerWord)) {
      tables.blockMoved(ownerWord, reference);
      return;
    }
    int record = (int) (ownerWord >>> 2);
    int kind = (int) ownerWord & 3;
    records.setGroup(record, kind, reference, records.counts(record, kind));
  }

  /** Where the members of a block are, or were, for a reader without the lock; -1 if nowhere. */
  long racyBlock(int reference) {
    return blocks.racyAddress(reference);
  }

  /** The cell of a large group's bucket where a member is, or would be; read without the lock. */
  long racyCell(int number, long[] entry, int memberClass) {
    @Nullable LargeGroup[] large = this.large;
    LargeGroup group = number < large.length ? large[number] : null;
    return group == null ? 0 : group.racyCell(entry, memberClass);
  }
}
