package dev.muster.server.udp.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.BindException;
import java.net.SocketException;

/**
 * The eight functions of the C library that the fast door calls, and the numbers that Linux gives
 * to what they take; the same on x86-64 and aarch64.
 *
 * <p>Pointers are passed as plain numbers: that costs no liveness check and no allocation for each
 * call. Downcalls are normal ones, which may block and let the collector go on meanwhile;
 * "critical" ones gain nothing here and can hold up a safepoint.
 */
final class LibC {
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  static final int SOCK_DGRAM = 2;
  static final int SOCK_CLOEXEC = 0x80000;

  static final int SOL_SOCKET = 1;
  static final int SO_SNDBUF = 7;
  static final int SO_RCVBUF = 8;
  static final int SO_REUSEPORT = 15;
  static final int SO_RCVTIMEO = 20;
  static final int SO_SNDBUFFORCE = 32;
  static final int SO_RCVBUFFORCE = 33;
  static final int SO_MEMINFO = 55;

  static final int IPPROTO_IP = 0;
  static final int IP_PKTINFO = 8;
  static final int IPPROTO_IPV6 = 41;
  static final int IPV6_V6ONLY = 26;
  static final int IPV6_RECVPKTINFO = 49;

  static final int MSG_DONTWAIT = 0x40;
  static final int MSG_WAITFORONE = 0x10000;

  static final int EINTR = 4;
  static final int EBADF = 9;
  static final int EAGAIN = 11;
  static final int EADDRINUSE = 98;
  static final int EAFNOSUPPORT = 97;
  static final int EADDRNOTAVAIL = 99;
  static final int EACCES = 13;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final long ERRNO_OFFSET = 0; // there is no other state to capture on Linux

  /**
   * One signature for all, since each takes the JDK some 15 ms to make at the start. Both
   * processors pass the first integers in registers of 64 bits, of which a function reads as many,
   * and of each as much, as it has declared.
   */
  private static final FunctionDescriptor SIGNATURE =
      FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  private static final MethodHandle SOCKET = function("socket");
  private static final MethodHandle BIND = function("bind");
  private static final MethodHandle SETSOCKOPT = function("setsockopt");
  private static final MethodHandle GETSOCKOPT = function("getsockopt");
  private static final MethodHandle GETSOCKNAME = function("getsockname");
  private static final MethodHandle CLOSE = function("close");
  private static final MethodHandle RECVMMSG = function("recvmmsg");
  private static final MethodHandle SENDMMSG = function("sendmmsg");

  private LibC() {}

  private static MethodHandle function(String name) {
    return LINKER.downcallHandle(
        LINKER
            .defaultLookup()
            .find(name)
            .orElseThrow(() -> new UnsupportedOperationException(name)),
        SIGNATURE,
        ERRNO);
  }

  /** Memory for the error number of a call; one for each thread. */
  static MemorySegment errnoSegment(Arena arena) {
    return arena.allocate(Linker.Option.captureStateLayout());
  }

  static int errno(MemorySegment errno) {
    return errno.get(JAVA_INT, ERRNO_OFFSET);
  }

  static int socket(MemorySegment errno, int family, int type) {
    return call(SOCKET, errno, family, type, 0, 0, 0);
  }

  static int bind(MemorySegment errno, int socket, long address, int length) {
    return call(BIND, errno, socket, address, length, 0, 0);
  }

  static int setsockopt(
      MemorySegment errno, int socket, int level, int option, long value, int length) {
    return call(SETSOCKOPT, errno, socket, level, option, value, length);
  }

  static int getsockopt(
      MemorySegment errno, int socket, int level, int option, long value, long length) {
    return call(GETSOCKOPT, errno, socket, level, option, value, length);
  }

  static int getsockname(MemorySegment errno, int socket, long address, long length) {
    return call(GETSOCKNAME, errno, socket, address, length, 0, 0);
  }

  static int close(MemorySegment errno, int socket) {
    return call(CLOSE, errno, socket, 0, 0, 0, 0);
  }

  static int recvmmsg(MemorySegment errno, int socket, long messages, int count, int flags) {
    try {
      return (int)
          RECVMMSG.invokeExact(errno, (long) socket, messages, (long) count, (long) flags, 0L);
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  static int sendmmsg(MemorySegment errno, int socket, long messages, int count, int flags) {
    try {
      return (int)
          SENDMMSG.invokeExact(errno, (long) socket, messages, (long) count, (long) flags, 0L);
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  /**
   * For the calls that are made once a socket: the handle is no constant here, so they are slow.
   */
  private static int call(
      MethodHandle function, MemorySegment errno, long a, long b, long c, long d, long e) {
    try {
      return (int) function.invokeExact(errno, a, b, c, d, e);
    } catch (Throwable t) {
      throw impossible(t);
    }
  }

  /** A downcall throws nothing but errors of the virtual machine. */
  private static RuntimeException impossible(Throwable t) {
    if (t instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(t);
  }

  /** What went wrong with a call, in words. */
  static IOException failure(String what, int errno) {
    String why =
        switch (errno) {
          case EADDRINUSE -> "Address already in use";
          case EADDRNOTAVAIL -> "Cannot assign requested address";
          case EACCES -> "Permission denied";
          case EAFNOSUPPORT -> "Address family not supported";
          default -> "error " + errno;
        };
    return errno == EADDRINUSE ? new BindException(why) : new SocketException(what + ": " + why);
  }
}
