package dev.muster.swarm;

/** What one thread remembers from one level of the touch pass to the next. */
final class TouchPass {
  private static final int FIRST_ROOM = 64;

  /** Of each announce the place of its hash. */
  long[] places = new long[FIRST_ROOM];

  /** Of each announce the record of its swarm, or -1. */
  int[] records = new int[FIRST_ROOM];

  /** For a packed member. */
  final long[] entry = new long[Member.MAX_WORDS];

  /** Keeps the loads alive; its value means nothing. */
  long sum;

  void makeRoom(int announces) {
    if (announces > places.length) {
      places = new long[announces];
      records = new int[announces];
    }
  }
}
