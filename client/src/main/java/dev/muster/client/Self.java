package dev.muster.client;

import dev.muster.protocol.id.PeerId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Who the application is in a swarm.
 *
 * @param peerId what it calls itself (BEP 20); best a new one at each start of the application
 * @param port where it listens for peers, over TCP, uTP or both; 1 to 65535
 * @param progress how far it has come; asked before each announce, on a thread of the client's, so
 *     it should answer at once
 */
public record Self(PeerId peerId, int port, Supplier<Progress> progress) {
  private static final byte[] PREFIX = "-MU0010-".getBytes(StandardCharsets.US_ASCII);

  /**
   * Checks the port.
   *
   * @throws IllegalArgumentException if it is none
   */
  public Self {
    if (port < 1 || port > 0xffff) {
      throw new IllegalArgumentException("a port is 1 to 65535, port=" + port);
    }
  }

  /**
   * An application with a new peer id, in the form of BEP 20.
   *
   * @param port where it listens; 1 to 65535
   * @param progress how far it has come
   */
  public static Self listeningAt(int port, Supplier<Progress> progress) {
    return new Self(newPeerId(new SecureRandom()), port, progress);
  }

  private static PeerId newPeerId(RandomGenerator random) {
    byte[] bytes = new byte[PeerId.LENGTH];
    random.nextBytes(bytes);
    System.arraycopy(PREFIX, 0, bytes, 0, PREFIX.length);
    return PeerId.of(bytes);
  }
}
