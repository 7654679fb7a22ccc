package dev.muster.server.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Random bytes, every other time made to begin like something a door would take. */
final class Junk {
  private static final int MOST_BYTES = 3000;

  /** Sends so many, on a connection each, and sees each connection end. */
  static void sendTo(
      InetSocketAddress door, SplittableRandom random, int times, Consumer<byte[]> disguise)
      throws IOException {
    for (int i = 0; i < times; i++) {
      byte[] junk = new byte[1 + random.nextInt(MOST_BYTES)];
      random.nextBytes(junk);
      if (i % 2 == 0) {
        disguise.accept(junk);
      }
      try (RawClient client = new RawClient(door)) {
        client.sendWhileTaken(junk);
        client.socket().shutdownOutput();
        client.socket().getInputStream().readAllBytes(); // ends, whatever it is
      } catch (SocketException reset) {
        // is an end too
      }
    }
  }

  private Junk() {}
}
