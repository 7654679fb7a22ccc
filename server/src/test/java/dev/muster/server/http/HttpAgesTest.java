package dev.muster.server.http;

import static dev.muster.server.http.Rig.ANNOUNCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.server.announce.AnnouncePolicy;
import dev.muster.server.announce.AnnounceService;
import dev.muster.server.observe.DoorMeter;
import dev.muster.swarm.Swarms;
import dev.muster.swarm.SwarmsConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Peers grow old at the door by the clock it was given, with the swarms that the program has. */
class HttpAgesTest {
  private static final int LIFETIME = 3600;

  private final AtomicLong clock = new AtomicLong(Duration.ofHours(1).toNanos());
  private final Swarms swarms = Swarms.inMemory(new SwarmsConfig(64, LIFETIME, 360, 64 << 20, 42));

  private void pass(int seconds) {
    clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
    swarms.sweep(1_000_000, clock.get() / 1_000_000_000);
  }

  @Test
  void aPeerThatComesBackStaysAndOneThatDoesNotIsForgotten() throws IOException {
    try (HttpDoor door =
        HttpDoor.open(
            HttpSettings.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            new AnnounceService(swarms, AnnouncePolicy.DEFAULT),
            new DoorMeter("http"),
            clock::get,
            new SplittableRandom(1))) {
      assertThat(leechers(door, 7001)).isEqualTo(1);
      assertThat(leechers(door, 7002)).isEqualTo(2);
      pass(LIFETIME / 2);
      assertThat(leechers(door, 7002)).isEqualTo(2);
      pass(LIFETIME / 2 + 64); // and two ticks, in which ages are counted
      assertThat(leechers(door, 7003)).as("7002 and itself").isEqualTo(2);
      pass(LIFETIME + 64);
      assertThat(swarms.totals().ipv4Leechers()).isZero();
    }
  }

  private static int leechers(HttpDoor door, int port) throws IOException {
    try (RawClient client = new RawClient(door.addresses().getFirst())) {
      return client
          .send(
              "GET "
                  + ANNOUNCE.replace("6881", String.valueOf(port))
                  + " HTTP/1.1\r\nConnection: close\r\n\r\n")
          .read()
          .announced()
          .leechers()
          .orElseThrow();
    }
  }
}
