package dev.muster.server.udp;

import dev.muster.protocol.udp.PacketKind;
import dev.muster.protocol.udp.UdpAnnounce;
import dev.muster.protocol.udp.UdpScrape;
import java.nio.ByteBuffer;

/**
 * One packet in and at most one out: a place in a {@link UdpBatch}, used over and over. The door
 * sets what it received, the responder what is to be sent.
 */
final class Exchange {
  private final ByteBuffer in;
  private final int inOffset;
  private final ByteBuffer out;
  private final int outOffset;
  private final UdpAnnounce announce = new UdpAnnounce();
  private final UdpScrape scrape = new UdpScrape();

  private int length;
  private long sourceHigh;
  private long sourceLow;
  private PacketKind kind = PacketKind.JUNK;
  private boolean proved;
  private int replyLength;

  Exchange(ByteBuffer in, int inOffset, ByteBuffer out, int outOffset) {
    this.in = in;
    this.inOffset = inOffset;
    this.out = out;
    this.outOffset = outOffset;
  }

  /**
   * A packet lies in the place for it.
   *
   * @param length its bytes, or as many as there was room for
   * @param sourceHigh where it came from, as {@link dev.muster.protocol.udp.SourceAddress} has it
   * @param sourceLow the other half
   */
  void received(int length, long sourceHigh, long sourceLow) {
    this.length = length;
    this.sourceHigh = sourceHigh;
    this.sourceLow = sourceLow;
    this.kind = PacketKind.of(in, inOffset, length);
    this.proved = false;
    this.replyLength = 0;
  }

  /** What the packet is. */
  PacketKind kind() {
    return kind;
  }

  ByteBuffer in() {
    return in;
  }

  int inOffset() {
    return inOffset;
  }

  /** Bytes of the packet. */
  int length() {
    return length;
  }

  long sourceHigh() {
    return sourceHigh;
  }

  long sourceLow() {
    return sourceLow;
  }

  /** The packet, of kind {@link PacketKind#ANNOUNCE}. */
  UdpAnnounce announce() {
    return announce.wrap(in, inOffset, length, sourceHigh, sourceLow);
  }

  /** The packet, of kind {@link PacketKind#SCRAPE}. */
  UdpScrape scrape() {
    return scrape.wrap(in, inOffset, length);
  }

  /** Sets whether the sender has shown that it receives what is sent to its address. */
  void prove(boolean proved) {
    this.proved = proved;
  }

  boolean proved() {
    return proved;
  }

  ByteBuffer out() {
    return out;
  }

  int outOffset() {
    return outOffset;
  }

  /** A reply of so many bytes lies in the place for it; 0 for none. */
  void reply(int length) {
    replyLength = length;
  }

  /** Bytes to be sent; 0 for nothing. */
  int replyLength() {
    return replyLength;
  }
}
