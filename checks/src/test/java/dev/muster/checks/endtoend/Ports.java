package dev.muster.checks.endtoend;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** Ports for programs that cannot be told "any" and then be asked which. */
final class Ports {
  /** Below the range that systems hand out to outgoing connections, which would race with us. */
  private static final int FIRST = 20_000;

  private static final int END = 32_000;
  private static final int TRIES = 1000;
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  /** A port free for TCP and UDP just now, given to nobody else by this process. */
  static int free() {
    RandomGenerator random = RandomGenerator.getDefault();
    for (int i = 0; i < TRIES; i++) {
      int port = random.nextInt(FIRST, END);
      if (isFree(port) && GIVEN.add(port)) {
        return port;
      }
    }
    throw new AssertionError("no free port in " + FIRST + " to " + END + ", tries=" + TRIES);
  }

  private static boolean isFree(int port) {
    try (ServerSocket tcp = new ServerSocket(port);
        DatagramSocket udp = new DatagramSocket(port)) {
      return tcp.isBound() && udp.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  private Ports() {}
}
