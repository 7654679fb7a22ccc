package dev.muster.protocol.udp;

import dev.muster.protocol.announce.Announce;
import dev.muster.protocol.announce.AnnounceEvent;
import dev.muster.protocol.id.InfoHash;
import dev.muster.protocol.id.PeerId;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Messages and bytes by a seed. */
final class RandomPackets {
  private final SplittableRandom random;

  RandomPackets(long seed) {
    random = new SplittableRandom(seed);
  }

  SplittableRandom random() {
    return random;
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  InfoHash infoHash() {
    return InfoHash.of(bytes(20));
  }

  UdpRequest.Announce announce() {
    AnnounceEvent[] events = AnnounceEvent.values();
    return new UdpRequest.Announce(
        random.nextLong(),
        random.nextInt(),
        infoHash(),
        PeerId.of(bytes(20)),
        random.nextLong(),
        random.nextInt(4) == 0 ? Announce.UNKNOWN_LEFT : random.nextLong() >>> 1,
        random.nextLong(),
        events[random.nextInt(events.length)],
        random.nextInt(),
        random.nextInt(),
        random.nextInt(4) == 0 ? Announce.DEFAULT_NUMWANT : random.nextInt() >>> 1,
        random.nextInt(65536),
        random.nextBoolean() ? "" : text(random.nextInt(700)));
  }

  UdpRequest.Scrape scrape() {
    return new UdpRequest.Scrape(
        random.nextLong(),
        random.nextInt(),
        Stream.generate(this::infoHash).limit(random.nextInt(80)).toList());
  }

  /** Bytes of any length that are a full announce as far as the action goes. */
  byte[] anyAnnounce() {
    byte[] packet = bytes(98 + random.nextInt(60));
    ByteBuffer.wrap(packet).putInt(8, UdpPacket.ANNOUNCE);
    if (random.nextBoolean()) { // small numbers, where the meanings are
      ByteBuffer.wrap(packet)
          .putInt(80, random.nextInt(-2, 8))
          .putInt(92, random.nextInt(-3, 300))
          .putLong(64, random.nextLong(-3, 3));
    }
    for (int i = 98; i < packet.length; i++) { // options, more often than chance has them
      if (random.nextInt(3) > 0) {
        packet[i] = (byte) random.nextInt(4);
      }
    }
    return packet;
  }

  private String text(int length) {
    StringBuilder text = new StringBuilder();
    random.ints(length, 0, 256).forEach(c -> text.append((char) c));
    return text.toString();
  }
}
