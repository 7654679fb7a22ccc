package dev.muster.swarm;

import dev.muster.protocol.announce.Announce;

/**
 * Walks over a batch of announces three times, before any is made: reads the directory's bucket for
 * each, then each record, then each group's members. Within a walk no read waits for another, so
 * the cache misses of a whole batch overlap; an announce by itself would wait for each in turn.
 *
 * <p>Takes no lock and changes nothing. Whatever it meets may be stale: then it reads what nobody
 * needs, and no harm is done. Belongs to one thread.
 */
final class TouchPass {
  private static final int FIRST_ROOM = 64;

  /** Longs in a cache line. */
  private static final int LINE = 8;

  private static final int NOWHERE = -1;

  private final HashSecret secret;
  private final Stripe[] stripes;
  private final Pages pages;
  private long[] places = new long[FIRST_ROOM];

  /** Of each announce where its bucket is, then where its record is; or {@link #NOWHERE}. */
  private long[] addresses = new long[FIRST_ROOM];

  private final long[] entry = new long[Member.MAX_WORDS];

  /** Keeps the reads alive; its value means nothing. */
  private long sum;

  TouchPass(HashSecret secret, Stripe[] stripes, Pages pages) {
    this.secret = secret;
    this.stripes = stripes;
    this.pages = pages;
  }

  long touch(AnnounceBatch batch) {
    int size = batch.size();
    if (size > places.length) {
      places = new long[size];
      addresses = new long[size];
    }
    touchBuckets(batch, size);
    touchRecords(size);
    touchMembers(batch, size);
    return sum;
  }

  private Stripe stripe(long place) {
    return stripes[(int) place & stripes.length - 1];
  }

  private void touchBuckets(AnnounceBatch batch, int size) {
    for (int i = 0; i < size; i++) {
      long place = secret.place(batch.announce(i));
      places[i] = place;
      long address = stripe(place).racyBucket(HashSecret.tag(place));
      addresses[i] = address;
      read(address, SwarmDirectory.LINE);
    }
  }

  private void touchRecords(int size) {
    for (int i = 0; i < size; i++) {
      long place = places[i];
      int record = SwarmDirectory.racyFind(pages, addresses[i], HashSecret.tag(place));
      long address = stripe(place).racyRecord(record);
      addresses[i] = address;
      read(address, Records.WORDS);
    }
  }

  private void touchMembers(AnnounceBatch batch, int size) {
    for (int i = 0; i < size; i++) {
      long address = addresses[i] + Records.GROUPS;
      if (address >= Records.GROUPS) {
        touchGroup(i, batch, pages.racyGet(address + Member.IPV4), Member.IPV4);
        touchGroup(i, batch, pages.racyGet(address + Member.IPV6), Member.IPV6);
      }
    }
  }

  private void touchGroup(int i, AnnounceBatch batch, long group, int kind) {
    int counts = (int) group;
    if (counts == 0) {
      return;
    }
    Stripe stripe = stripe(places[i]);
    if (counts != Records.LARGE) {
      read(stripe.racyBlock((int) (group >>> 32)), Partition.total(counts) * Member.words(kind));
      return;
    }
    Announce in = batch.announce(i);
    if (in.kind().ordinal() == kind) {
      Member.pack(in, 0, false, entry);
      long cell = stripe.racyCell((int) (group >>> 32), entry, Stripe.classOf(in));
      int members = Math.min((int) cell, Partition.MAX_MEMBERS);
      read(stripe.racyBlock((int) (cell >>> 32)), members * Member.words(kind));
    }
  }

  /** Reads a long of each cache line from an address on. */
  private void read(long address, int words) {
    if (address < 0) {
      return;
    }
    long sum = pages.racyGet(address + words - 1);
    for (int word = 0; word < words; word += LINE) {
      sum += pages.racyGet(address + word);
    }
    this.sum += sum;
  }
}
