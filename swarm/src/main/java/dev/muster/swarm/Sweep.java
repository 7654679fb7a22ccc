package dev.muster.swarm;

/**
 * Goes round a stripe in small steps and removes whoever has not come back in time. Used under the
 * stripe's lock.
 *
 * <p>Walks the records from the last to the first, so that one moved into the place of another that
 * was closed has been seen already; buckets of large groups likewise. What slips through, because
 * it moved just then, is found in the next round: a member's age has 32 ticks to spare before it
 * wraps round, many rounds long.
 */
final class Sweep {
  /** {@link #buckets} before a table is begun. */
  static final int NOT_BEGUN = -1;

  private final Stripe stripe;
  private final Records records;
  private final Groups groups;
  private final int lifetime;
  private final int sessionLifetime;

  /** Records still to be looked at in this round. */
  private int next;

  /** Records there were when this round began. */
  private int begun;

  /** Where in the groups of the record at {@link #next} - 1 the last step ended. */
  private int kind;

  private int memberClass;

  /**
   * Buckets of a large group's table still to be looked at; from the last, as tables shrink from
   * there.
   */
  private int buckets = NOT_BEGUN;

  private final int[] removed = new int[2];

  Sweep(Stripe stripe, Records records, Groups groups, int lifetime, int sessionLifetime) {
    this.stripe = stripe;
    this.records = records;
    this.groups = groups;
    this.lifetime = lifetime;
    this.sessionLifetime = sessionLifetime;
  }

  /** Whether the next step begins a new round. */
  boolean isRoundOver() {
    return next == 0;
  }

  /**
   * Looks at about so many members, and removes those whose time is over.
   *
   * @return how much of a round this was, 0 to 1
   */
  double step(int looks, int tick) {
    if (next == 0) {
      next = records.count();
      begun = next;
    }
    if (begun == 0) {
      return 1;
    }
    int before = next;
    next = Math.min(next, records.count());
    int left = looks;
    while (left > 0 && next > 0) {
      left -= 1 + lookAt(next - 1, left, tick);
      if (kind == Member.KINDS) {
        kind = 0;
        next--;
      }
    }
    return (double) (before - next) / begun;
  }

  /**
   * Looks at members of a record until about so many are seen; {@link #kind} tells how far it came.
   */
  private int lookAt(int record, int most, int tick) {
    if (!records.hasMembers(record)) {
      stripe.dropCounts(record, tick);
      nextKind(Member.KINDS);
      return 0;
    }
    int seen = 0;
    while (kind < Member.KINDS && seen < most) {
      seen +=
          records.counts(record, kind) == Records.LARGE
              ? lookAtBucket(record, tick)
              : lookAtBlock(record, tick);
    }
    return seen;
  }

  private int lookAtBlock(int record, int tick) {
    int counts = records.counts(record, kind);
    if (counts != 0) {
      removed[0] = 0;
      removed[1] = 0;
      groups.expireInBlock(record, kind, tick, life(), removed);
      countRemoved();
      if (!records.hasMembers(record)) {
        stripe.keepCounts(record, tick);
        nextKind(Member.KINDS);
        return Partition.total(counts);
      }
    }
    nextKind(kind + 1);
    return Partition.total(counts);
  }

  private int lookAtBucket(int record, int tick) {
    LargeGroup group = groups.large(record, kind);
    MemberTable table = group == null ? null : group.table(memberClass);
    if (group == null || table == null || buckets == 0) {
      buckets = NOT_BEGUN;
      if (++memberClass >= Partition.CLASSES) {
        nextKind(kind + 1);
      }
      return 0;
    }
    buckets = (buckets == NOT_BEGUN ? table.buckets() : Math.min(buckets, table.buckets())) - 1;
    int seen = table.count(buckets);
    removed[0] = 0;
    removed[1] = 0;
    removed[Partition.isSeed(memberClass) ? 1 : 0] =
        group.expire(memberClass, buckets, tick, life());
    countRemoved();
    groups.settle(record, kind);
    if (!records.hasMembers(record)) {
      stripe.keepCounts(record, tick);
      nextKind(Member.KINDS);
    }
    return seen;
  }

  private int life() {
    return kind == Member.SESSION ? sessionLifetime : lifetime;
  }

  private void nextKind(int next) {
    kind = next;
    memberClass = 0;
    buckets = NOT_BEGUN;
  }

  private void countRemoved() {
    stripe.countExpired(kind, removed[0], removed[1]);
  }
}
