package dev.muster.server.udp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.udp.UdpRequest;
import dev.muster.server.udp.ResponderRig.Source;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody can have the tracker send a victim more bytes than he sends himself. */
class UdpAmplificationTest {
  private static final int PACKETS = 200_000;

  @ParameterizedTest
  @ValueSource(longs = {81, 82})
  void anUnprovedAddressIsNeverSentMoreThanCameFromIt(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ResponderRig rig = new ResponderRig();
    long id = rig.connect(Source.IPV4_ELSEWHERE); // the attacker's own, worth nothing to the victim
    long in = 0;
    long out = 0;
    int answered = 0;
    for (int i = 0; i < PACKETS; i += 100) {
      Source victim = new Source(random.nextLong(), random.nextLong());
      List<byte[]> packets = new ArrayList<>();
      for (int j = 0; j < 100; j++) {
        packets.add(packet(random, id));
      }
      List<byte[]> replies = rig.sendAll(packets, victim);
      for (int j = 0; j < 100; j++) {
        assertThat(replies.get(j).length)
            .as("seed %d, packet %d", seed, i + j)
            .isLessThanOrEqualTo(packets.get(j).length);
        in += packets.get(j).length;
        out += replies.get(j).length;
        answered += replies.get(j).length > 0 ? 1 : 0;
      }
    }
    assertThat(answered).as("the test must reach the answers").isGreaterThan(PACKETS / 10);
    assertThat(out).as("bytes out for %d bytes in", in).isLessThan(in);
    assertThat(rig.swarms.announced).isEmpty();
  }

  private static byte[] packet(SplittableRandom random, long id) {
    long presented = random.nextBoolean() ? id : random.nextLong();
    byte[] packet =
        switch (random.nextInt(5)) {
          case 0 -> new UdpRequest.Connect(random.nextInt()).encode();
          case 1 -> ResponderRig.announce(presented, 200, random.nextInt(65536)).encode();
          case 2 -> ResponderRig.scrape(presented, random.nextInt(80)).encode();
          case 3 -> noise(random, random.nextInt(200));
          default -> {
            byte[] noise = noise(random, 16 + random.nextInt(200));
            ByteBuffer.wrap(noise).putLong(0, presented).putInt(8, random.nextInt(4));
            yield noise;
          }
        };
    if (packet.length > 0 && random.nextBoolean()) {
      packet[random.nextInt(packet.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return random.nextInt(4) > 0
        ? packet
        : Arrays.copyOf(packet, random.nextInt(packet.length + 20));
  }

  private static byte[] noise(SplittableRandom random, int length) {
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    return noise;
  }
}
