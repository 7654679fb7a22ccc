package dev.muster.server.udp.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/**
 * The options of one socket, set and read with memory that lives as long as this object's arena.
 */
final class SocketOptions {
  /** Words of {@code SO_MEMINFO}, by their place. */
  private static final int MEMINFO_WORDS = 9;

  private static final int MEMINFO_RECEIVE_BUFFER = 1;
  private static final int MEMINFO_DROPS = 8;

  private final MemorySegment errno;
  private final MemorySegment value;
  private final MemorySegment length;
  private final int socket;

  SocketOptions(Arena arena, int socket) {
    this.errno = LibC.errnoSegment(arena);
    this.value = arena.allocate(MEMINFO_WORDS * 4, 8);
    this.length = arena.allocate(JAVA_INT);
    this.socket = socket;
  }

  void set(int level, int option, int number) throws IOException {
    if (!trySet(level, option, number)) {
      throw LibC.failure("setsockopt", LibC.errno(errno));
    }
  }

  private boolean trySet(int level, int option, int number) {
    value.set(JAVA_INT, 0, number);
    return LibC.setsockopt(errno, socket, level, option, value.address(), 4) == 0;
  }

  /** As much as is asked for if the process may (CAP_NET_ADMIN), else what the system allows. */
  void grow(int force, int option, int bytes) throws IOException {
    if (!trySet(LibC.SOL_SOCKET, force, bytes)) {
      set(LibC.SOL_SOCKET, option, bytes);
    }
  }

  /** How long a receiving call waits. */
  void setPatience(Duration patience) throws IOException {
    value.set(JAVA_LONG, 0, patience.toSeconds()); // struct timeval
    value.set(JAVA_LONG, 8, patience.toNanosPart() / 1000);
    if (LibC.setsockopt(errno, socket, LibC.SOL_SOCKET, LibC.SO_RCVTIMEO, value.address(), 16)
        != 0) {
      throw LibC.failure("setsockopt", LibC.errno(errno));
    }
  }

  /**
   * What the kernel says of the socket's memory (Linux 4.12 and up); an older one says nothing, and
   * both numbers are unknown.
   */
  SocketMemory memory() {
    length.set(JAVA_INT, 0, (int) value.byteSize());
    if (LibC.getsockopt(
                errno, socket, LibC.SOL_SOCKET, LibC.SO_MEMINFO, value.address(), length.address())
            != 0
        || length.get(JAVA_INT, 0) <= MEMINFO_DROPS * 4) {
      return SocketMemory.UNKNOWN;
    }
    return new SocketMemory(
        value.getAtIndex(JAVA_INT, MEMINFO_RECEIVE_BUFFER),
        Integer.toUnsignedLong(value.getAtIndex(JAVA_INT, MEMINFO_DROPS)));
  }
}
