package dev.muster.server.udp;

import dev.muster.protocol.announce.AnnounceEvent;
import dev.muster.protocol.announce.Refusal;
import dev.muster.protocol.id.InfoHash;
import dev.muster.protocol.id.PeerId;
import dev.muster.protocol.udp.SourceAddress;
import dev.muster.protocol.udp.UdpRequest;
import dev.muster.protocol.udp.UdpResponse;
import dev.muster.server.announce.AnnouncePolicy;
import dev.muster.server.announce.AnnounceService;
import dev.muster.server.observe.DoorMeter;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** A responder with a store and clocks in the test's hand, and no socket. */
final class ResponderRig {
  static final long START = 1_800_000_000L;

  /** A source of each family, unproved until it has connected. */
  record Source(long high, long low) {
    static final Source IPV4 = new Source(0, SourceAddress.ipv4Low(0x08080808));
    static final Source IPV4_ELSEWHERE = new Source(0, SourceAddress.ipv4Low(0x08080809));
    static final Source IPV6 = new Source(0x2001_0db8_0000_0001L, 1);

    boolean ipv6() {
      return !SourceAddress.isIpv4(high, low);
    }
  }

  static final InfoHash HASH = InfoHash.ofHex("000102030405060708090a0b0c0d0e0f10111213");
  static final PeerId PEER = PeerId.ofHex("2d4d55303030302da0a1a2a3a4a5a6a7a8a9aaab");

  final FakeSwarms swarms = new FakeSwarms();
  final DoorMeter meter = new DoorMeter("udp");
  final int maxReplyBytes;
  long wallSeconds = START;
  private final UdpResponder responder;
  private final InstantSource wall =
      new InstantSource() {
        @Override
        public Instant instant() {
          return Instant.ofEpochSecond(wallSeconds);
        }

        @Override
        public long millis() { // as the system's: without an object
          return wallSeconds * 1000;
        }
      };

  ResponderRig() {
    this(UdpSettings.DEFAULT_MAX_REPLY_BYTES);
  }

  ResponderRig(int maxReplyBytes) {
    this.maxReplyBytes = maxReplyBytes;
    byte[] key = new byte[16];
    new SplittableRandom(61).nextBytes(key);
    responder =
        new UdpResponder(
            new AnnounceService(swarms, AnnouncePolicy.DEFAULT),
            new ConnectionIds(key),
            meter,
            maxReplyBytes,
            new UdpClocks(() -> wallSeconds - START, () -> 0, wall),
            new SplittableRandom(62));
  }

  /** What comes back for one packet; empty for silence. */
  byte[] send(byte[] packet, Source source) {
    return sendAll(List.of(packet), source).getFirst();
  }

  /** What comes back for each of these, received as one batch. */
  List<byte[]> sendAll(List<byte[]> packets, Source source) {
    int count = packets.size();
    ByteBuffer in = ByteBuffer.allocate(count * UdpBatch.PACKET_BYTES);
    ByteBuffer out = ByteBuffer.allocate(count * maxReplyBytes);
    UdpBatch batch = new UdpBatch(count, in, out, maxReplyBytes);
    for (int i = 0; i < count; i++) {
      byte[] packet = packets.get(i);
      int length = Math.min(packet.length, UdpBatch.PACKET_BYTES);
      in.put(i * UdpBatch.PACKET_BYTES, packet, 0, length);
      batch.received(length, source.high(), source.low());
    }
    responder.answer(batch);
    byte[][] replies = new byte[count][];
    for (int i = 0; i < count; i++) {
      replies[i] = new byte[batch.exchange(i).replyLength()];
      out.get(i * maxReplyBytes, replies[i]);
    }
    return List.of(replies);
  }

  /** Answers what lies in the batch. */
  void answer(UdpBatch batch) {
    responder.answer(batch);
  }

  /** What comes back for one request, which must be something. */
  UdpResponse ask(UdpRequest request, Source source) {
    return ask(request.encode(), source);
  }

  UdpResponse ask(byte[] packet, Source source) {
    return UdpResponse.decode(ByteBuffer.wrap(send(packet, source)), source.ipv6()).orElseThrow();
  }

  /** The text of the error that comes back. */
  String error(byte[] packet, Source source) {
    return ((UdpResponse.Failed) ask(packet, source)).message();
  }

  /** Proves the source. */
  long connect(Source source) {
    return ((UdpResponse.Connected) ask(new UdpRequest.Connect(1), source)).connectionId();
  }

  static UdpRequest.Announce announce(long connectionId, int numwant, int port) {
    return new UdpRequest.Announce(
        connectionId,
        0x11223344,
        HASH,
        PEER,
        0,
        1,
        0,
        AnnounceEvent.STARTED,
        0,
        0,
        numwant,
        port,
        "");
  }

  static UdpRequest.Scrape scrape(long connectionId, int hashes) {
    return new UdpRequest.Scrape(connectionId, 0x55667788, Collections.nCopies(hashes, HASH));
  }

  long refused(Refusal refusal) {
    return meter.refused(refusal);
  }
}
