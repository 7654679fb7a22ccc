package dev.muster.swarm;

import dev.muster.protocol.announce.Announce;

// How it works, from the outside in.
//
// Stripes. An info hash is mixed under a secret into 64 bits. The low ones choose one of at least
// 64 stripes a core, the high 32 are the swarm's tag there. Each stripe has its own lock, its own
// tables and its own random numbers; what is shared is where pages come from (Pages) and a count of
// bytes. A thread holds one stripe's lock at a time, for the time of one announce or of one step of
// the sweep.
//
// Tables. A stripe's SwarmDirectory finds the record of a tag; a record (Records) is six longs:
// hash, completions, and for each kind of member a reference and four counts. The members of a
// small group lie in one block (Blocks, Partition), those of a large one in a table a class
// (LargeGroup, MemberTable). A member is one long for IPv4, three for IPv6, four for a session
// (Member).
//
// Memory. All of these lie in pages of 1 KiB, cut from chunks of 128 KiB. Buckets, records and
// blocks lie in slabs without gaps: freeing one moves the last into its place (Slab). Both hash
// tables grow and shrink by a bucket (linear hashing). So nothing fragments, nothing is ever
// rehashed whole, memory follows the members up and down, and the garbage collector has nothing to
// do with any of it. The largest things ever copied are a slab's list of pages, four bytes for each
// KiB, and the list of chunks.
//
// Touching. The dependent loads of a look-up (bucket, record, members) each miss the cache when
// there are many swarms. touch does them for a whole batch, one level at a time, so that the misses
// overlap. While the tables are small the caches hold most of them, and touching costs more than it
// saves; then it is left out. It takes no lock: chunks are arrays that are never unmapped, every
// index is checked, and
// what it reads goes nowhere.
//
// Forgetting. Ages are 8 bits of 32-second ticks; Sweep goes round often enough that none
// wraps unseen.

/** The swarms of one process, in memory. Thread-safe. */
final class PackedSwarms implements Swarms {
  /** Members looked at while a stripe's lock is held for the sweep: some microseconds. */
  private static final int LOOKS_PER_LOCK = 64;

  /**
   * From so many bytes of tables on a batch is touched. With tables of 18 MB an announce cost a
   * tenth less without, with 160 MB a fifth less with it.
   */
  private static final long TOUCHED_FROM_BYTES = 64L << 20;

  private final Stripe[] stripes;
  private final HashSecret secret;
  private final MemoryBudget budget;
  private final Object sweeping = new Object();
  private int sweptStripe;

  private final long touchedFromBytes;
  private final ThreadLocal<TouchPass> touchPasses;

  PackedSwarms(SwarmsConfig config) {
    this(config, TOUCHED_FROM_BYTES);
  }

  /**
   * @param touchedFromBytes so large must the tables be for {@link #touch} to do anything
   */
  PackedSwarms(SwarmsConfig config, long touchedFromBytes) {
    this.touchedFromBytes = touchedFromBytes;
    this.secret = new HashSecret(Mixing.mix(config.seed(), -1));
    this.budget = new MemoryBudget(config.memoryBytes());
    Pages pages = new Pages(budget.counter());
    this.stripes = new Stripe[config.stripes()];
    for (int i = 0; i < stripes.length; i++) {
      stripes[i] = new Stripe(config, budget, pages, secret, Mixing.mix(config.seed(), i));
    }
    touchPasses = ThreadLocal.withInitial(() -> new TouchPass(secret, stripes, pages));
  }

  private Stripe stripe(long place) {
    return stripes[(int) place & stripes.length - 1];
  }

  @Override
  public Verdict announce(Announce in, PeerSink out, long now) {
    long place = secret.place(in);
    return stripe(place).announce(in, HashSecret.tag(place), out, now);
  }

  @Override
  public SwarmCounts counts(long hashHigh, long hashMiddle, int hashLow) {
    long place = secret.place(hashHigh, hashMiddle, hashLow);
    return stripe(place).counts(HashSecret.tag(place), hashHigh, hashMiddle, hashLow);
  }

  @Override
  public void touch(AnnounceBatch batch) {
    if (budget.used() >= touchedFromBytes) {
      touchPasses.get().touch(batch);
    }
  }

  @Override
  public double sweep(int budget, long now) {
    synchronized (sweeping) {
      double done = 0;
      int left = budget;
      while (left > 0 && done < 1) {
        Stripe stripe = stripes[sweptStripe];
        int looks = Math.min(left, LOOKS_PER_LOCK);
        done += stripe.sweep(looks, now) / stripes.length;
        left -= looks;
        if (stripe.isRoundOver()) {
          sweptStripe = (sweptStripe + 1) % stripes.length;
        }
      }
      // Within a large swarm a step may end where it began, and yet it has looked.
      return Math.clamp(done, Double.MIN_NORMAL, 1);
    }
  }

  @Override
  public SwarmsTotals totals() {
    long[] sum = new long[9];
    for (Stripe stripe : stripes) {
      stripe.addTo(sum);
    }
    return new SwarmsTotals(
        sum[0], sum[1], sum[3], sum[2], sum[5], sum[4], sum[7], sum[6], budget.used(), sum[8]);
  }
}
