package dev.muster.swarm;

import dev.muster.protocol.announce.Announce;
import dev.muster.protocol.announce.AnnounceEvent;

/**
 * One of the independent parts of the store: its swarms, under its own lock.
 *
 * <p>What happens under the lock is short: a look-up, one member changed, a sample written.
 * Everything that grows grows by a page or a bucket; the sweep comes in steps of a few dozen
 * members. The lock is the object's monitor; what is called racy is read without it.
 */
final class Stripe {
  /** How long a swarm's completions are kept after its last member left: a day. */
  private static final int KEPT_TICKS = Ticks.lasting(24 * 3600);

  private final MemoryBudget budget;
  private final HashSecret secret;
  private final SwarmDirectory directory;
  private final Records records;
  private final Groups groups;
  private final Sampler sampler;
  private final RecentCompletions completions;
  private final PrefixLedger ledger = new PrefixLedger();
  private final Sweep sweep;
  private final long[] entry = new long[Member.MAX_WORDS];

  /** Members by kind: leechers at 2 * kind, seeders behind them. */
  private final int[] members = new int[2 * Member.KINDS];

  private int swarms;
  private int countsOnly;
  private long expired;

  Stripe(SwarmsConfig config, MemoryBudget budget, Pages pages, HashSecret secret, long seed) {
    this.budget = budget;
    this.secret = secret;
    MemoryMeter memory = new MemoryMeter(budget.counter());
    this.directory = new SwarmDirectory(pages, memory);
    this.records = new Records(pages, memory);
    this.groups = new Groups(records, Mixing.mix(seed, 1), pages, memory);
    this.sampler = new Sampler(Mixing.mix(seed, 2));
    this.completions = new RecentCompletions(Mixing.mix(seed, 3));
    this.sweep =
        new Sweep(
            this,
            records,
            groups,
            Ticks.lasting(config.lifetimeSeconds()),
            Ticks.lasting(config.sessionLifetimeSeconds()));
  }

  synchronized Verdict announce(Announce in, int tag, PeerSink out, long now) {
    int record = directory.find(tag, records, in.hashHigh(), in.hashMiddle(), in.hashLow());
    int tick = Ticks.at(now);
    int kind = in.kind().ordinal();
    boolean seed = isSeed(in);
    boolean partial = !seed && in.event() == AnnounceEvent.PAUSED;
    Member.pack(in, tick, partial, entry);
    if (in.event() == AnnounceEvent.STOPPED) {
      record = leave(record, kind, tick);
      tellCounts(out, record);
      return Verdict.ACCEPTED;
    }

    boolean isEmpty = record < 0 || !records.hasMembers(record);
    if (isEmpty && !admitsSwarm(in)) {
      tellCounts(out, record);
      return Verdict.NO_ROOM_FOR_SWARM;
    }
    int memberClass = Partition.classOf(seed, Member.isPrivate(in));
    int before = isEmpty ? -1 : groups.find(record, kind, entry, memberClass);
    if (before < 0 && !isEmpty && !budget.admitsPeers()) {
      tellCounts(out, record);
      return Verdict.NO_ROOM_FOR_PEER;
    }
    if (record < 0) {
      record = open(in, tag);
    } else if (isEmpty) {
      records.setGroup(record, Member.IPV4, 0, 0); // no longer the tick of its emptying
      countsOnly--;
      swarms++;
    }
    if (before < 0) {
      groups.add(record, kind, entry, memberClass, in.metadata());
    } else {
      groups.refresh(record, kind, entry, before, memberClass, in.metadata());
      count(kind, before, -1);
    }
    count(kind, memberClass, 1);
    boolean wasSeed = before >= 0 && Partition.isSeed(before);
    if (in.event() == AnnounceEvent.COMPLETED && seed && !wasSeed && completions.isFirst(in, now)) {
      records.countDownload(record);
    }
    tellCounts(out, record);
    sampler.telling(out.wantsContacts(), now);
    tellMembers(in, out, record, kind, memberClass);
    return Verdict.ACCEPTED;
  }

  /** The class that the announcing peer belongs to. */
  static int classOf(Announce in) {
    return Partition.classOf(isSeed(in), Member.isPrivate(in));
  }

  /** One that lacks nothing; one that says so although it does not know how much it lacks. */
  private static boolean isSeed(Announce in) {
    return in.left() == 0
        || in.left() == Announce.UNKNOWN_LEFT && in.event() == AnnounceEvent.COMPLETED;
  }

  private boolean admitsSwarm(Announce in) {
    return budget.admitsSwarms() && !(budget.isTight() && ledger.isHeavy(in));
  }

  private int open(Announce in, int tag) {
    int record = records.allocate(in.hashHigh(), in.hashMiddle(), in.hashLow());
    directory.put(tag, record);
    swarms++;
    if (budget.isHalfUsed()) {
      ledger.opened(in);
    }
    return record;
  }

  /**
   * Removes the member in {@link #entry} if it is there; returns the swarm's record, -1 if there is
   * none (any more).
   */
  private int leave(int record, int kind, int tick) {
    int memberClass = record < 0 ? -1 : groups.find(record, kind, entry, Partition.LEECH_PUBLIC);
    if (memberClass < 0) {
      return record;
    }
    groups.removeFound(record, kind, memberClass);
    count(kind, memberClass, -1);
    return records.hasMembers(record) || keepCounts(record, tick) ? record : -1;
  }

  /**
   * A swarm has lost its last member: keeps its completions, or, if it has none, lets it go and
   * returns false.
   */
  boolean keepCounts(int record, int tick) {
    swarms--;
    if (records.downloaded(record) == 0) {
      close(record);
      return false;
    }
    records.setEmptiedAt(record, tick);
    countsOnly++;
    return true;
  }

  /** Lets completions go that have been kept long enough, or sooner when memory runs short. */
  void dropCounts(int record, int tick) {
    if (tick - records.emptiedAt(record) >= KEPT_TICKS || budget.isTight()) {
      countsOnly--;
      close(record);
    }
  }

  /** The sweep has removed members of a kind. */
  void countExpired(int kind, int leechers, int seeders) {
    members[2 * kind] -= leechers;
    members[2 * kind + 1] -= seeders;
    expired += leechers + seeders;
  }

  private void close(int record) {
    directory.take(tagOf(record), record);
    if (records.free(record)) {
      directory.renumber(tagOf(record), records.count(), record);
      groups.recordMoved(record);
    }
  }

  private int tagOf(int record) {
    return HashSecret.tag(
        secret.place(
            records.hashHigh(record), records.hashMiddle(record), records.hashLow(record)));
  }

  private void count(int kind, int memberClass, int by) {
    members[2 * kind + (memberClass >>> 1)] += by;
  }

  private void tellCounts(PeerSink out, int record) {
    if (record < 0) {
      out.counts(0, 0, 0);
    } else {
      out.counts(groups.seeders(record), groups.leechers(record), records.downloaded(record));
    }
  }

  private void tellMembers(Announce in, PeerSink out, int record, int kind, int memberClass) {
    boolean wantsData = !Partition.isSeed(memberClass) && in.event() != AnnounceEvent.PAUSED;
    int first = Partition.firstGiven(out.takesPrivate());
    int end = Partition.endGiven(wantsData, out.takesPrivate());
    int self = memberClass >= first && memberClass < end ? 1 : 0;
    int ipv4 =
        out.takesIpv4()
            ? groups.count(record, Member.IPV4, first, end) - (kind == Member.IPV4 ? self : 0)
            : 0;
    int ipv6 =
        out.takesIpv6()
            ? groups.count(record, Member.IPV6, first, end) - (kind == Member.IPV6 ? self : 0)
            : 0;
    int wanted = out.wanted();
    int wantedIpv4 = shareOfIpv4(wanted, ipv4, ipv6);
    tell(out, record, Member.IPV4, kind, first, end, memberClass, Math.min(wantedIpv4, ipv4));
    tell(
        out,
        record,
        Member.IPV6,
        kind,
        first,
        end,
        memberClass,
        Math.min(wanted - wantedIpv4, ipv6));
    tell(out, record, Member.SESSION, kind, first, end, memberClass, out.wantedSessions());
  }

  /** Each family its share of the members there are, but at least a quarter if it has that many. */
  private int shareOfIpv4(int wanted, int ipv4, int ipv6) {
    if (ipv4 + ipv6 <= wanted || ipv6 == 0) {
      return Math.min(wanted, ipv4);
    }
    int leastIpv4 = Math.min(ipv4, wanted / 4);
    int leastIpv6 = Math.min(ipv6, wanted / 4);
    return Math.clamp(sampler.share(wanted, ipv4, ipv4 + ipv6), leastIpv4, wanted - leastIpv6);
  }

  private void tell(
      PeerSink out,
      int record,
      int told,
      int kind,
      int first,
      int end,
      int memberClass,
      int wanted) {
    if (wanted > 0) {
      groups.tell(out, sampler, record, told, first, end, told == kind ? memberClass : -1, wanted);
    }
  }

  synchronized SwarmCounts counts(int tag, long hashHigh, long hashMiddle, int hashLow) {
    int record = directory.find(tag, records, hashHigh, hashMiddle, hashLow);
    return record < 0
        ? SwarmCounts.NONE
        : new SwarmCounts(
            groups.seeders(record),
            groups.leechers(record),
            groups.partials(record),
            records.downloaded(record));
  }

  /**
   * Adds this stripe's figures: swarms, counts only, leechers and seeders of each kind, expired.
   */
  synchronized void addTo(long[] totals) {
    totals[0] += swarms;
    totals[1] += countsOnly;
    for (int i = 0; i < members.length; i++) {
      totals[2 + i] += members[i];
    }
    totals[2 + members.length] += expired;
  }

  /**
   * One step of forgetting: looks at about so many members.
   *
   * @return how much of the stripe's round this step did, 0 to 1; the round is over when {@link
   *     #isRoundOver()}
   */
  synchronized double sweep(int looks, long now) {
    return sweep.step(looks, Ticks.at(now));
  }

  synchronized boolean isRoundOver() {
    return sweep.isRoundOver();
  }

  // For the touch pass, which has no lock: all may be stale, and -1 or 0 says nowhere.

  /** Where a tag's bucket of the directory is. */
  long racyBucket(int tag) {
    return directory.racyAddress(tag);
  }

  /** Where a record is. */
  long racyRecord(int record) {
    return records.racyAddress(record);
  }

  /** Where the members of a block are. */
  long racyBlock(int reference) {
    return groups.racyBlock(reference);
  }

  /** The cell of the bucket of a large group that has, or would have, a member. */
  long racyCell(int group, long[] entry, int memberClass) {
    return groups.racyCell(group, entry, memberClass);
  }
}
