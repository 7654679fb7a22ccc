package dev.muster.swarm;

import java.util.Arrays;

/**
 * Longs, added and taken away at the end. Lies in pieces, so that growing never copies more than
 * one of 8 KiB. Used under the stripe's lock, but for {@link #racyGet}.
 */
final class LongList {
  private static final int PIECE_SHIFT = 10;
  private static final int PIECE = 1 << PIECE_SHIFT;
  private static final int FIRST_ROOM = 2;

  private final MemoryMeter memory;
  private long[][] pieces = {new long[FIRST_ROOM]};
  private int size;

  LongList(MemoryMeter memory) {
    this.memory = memory;
    memory.grewArray(FIRST_ROOM);
  }

  int size() {
    return size;
  }

  long get(int index) {
    return pieces[index >>> PIECE_SHIFT][index & PIECE - 1];
  }

  void set(int index, long value) {
    pieces[index >>> PIECE_SHIFT][index & PIECE - 1] = value;
  }

  void add(long value) {
    int piece = size >>> PIECE_SHIFT;
    if (piece == pieces.length) {
      pieces = Arrays.copyOf(pieces, piece + 1);
      pieces[piece] = new long[PIECE];
      memory.grewArray(PIECE);
    } else if (piece == 0 && size == pieces[0].length) {
      resizeFirst(Math.min(PIECE, size + (size >> 1) + 1));
    }
    set(size++, value);
  }

  void removeLast() {
    size--;
    int piece = (size >>> PIECE_SHIFT) + 1; // one that is empty stays
    if (piece + 1 < pieces.length) {
      pieces = Arrays.copyOf(pieces, piece + 1);
      memory.shrankArray(PIECE);
    } else if (pieces.length == 1 && pieces[0].length > FIRST_ROOM && size < pieces[0].length / 4) {
      resizeFirst(pieces[0].length / 2);
    }
  }

  private void resizeFirst(int room) {
    memory.grewArray(room);
    memory.shrankArray(pieces[0].length);
    pieces[0] = Arrays.copyOf(pieces[0], room);
  }

  /** Gives back what the list holds, which must not be used again. */
  void free() {
    for (long[] piece : pieces) {
      memory.shrankArray(piece.length);
    }
  }

  /** For a reader without the lock: perhaps stale; 0 if there is none such. */
  long racyGet(int index) {
    long[][] pieces = this.pieces;
    int piece = index >>> PIECE_SHIFT;
    if (piece >= pieces.length) {
      return 0;
    }
    long[] found = pieces[piece];
    int within = index & PIECE - 1;
    return within < found.length ? found[within] : 0;
  }
}
