package dev.muster.server.udp;

import dev.muster.protocol.announce.MemberKind;
import dev.muster.protocol.announce.Refusal;
import dev.muster.protocol.udp.PacketKind;
import dev.muster.protocol.udp.UdpAnnounce;
import dev.muster.protocol.udp.UdpPacket;
import dev.muster.protocol.udp.UdpReplies;
import dev.muster.protocol.udp.UdpScrape;
import dev.muster.server.announce.AnnounceService;
import dev.muster.server.observe.DoorMeter;
import dev.muster.server.observe.FaultLog;
import dev.muster.swarm.SwarmCounts;
import dev.muster.swarm.Verdict;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * Turns packets into replies: bytes in, bytes out, no socket. One for each thread; allocates
 * nothing, never throws.
 *
 * <p>To an address that is not proved (see the package) goes a connection id, 16 bytes for at least
 * 16; or one error of 36 bytes to a well-formed announce or scrape, which has at least 36, because
 * silence would cost stock clients tens of seconds. All else from there is dropped. No error is
 * ever answered, so two trackers cannot be set upon one another.
 */
final class UdpResponder {
  private final AnnounceService service;
  private final ConnectionIds ids;
  private final DoorMeter meter;
  private final UdpClocks clocks;
  private final SplittableRandom random;
  private final UdpAnnounceReply ipv4Reply;
  private final UdpAnnounceReply ipv6Reply;
  private final int scrapeRoom;
  private final FaultLog faults;

  /**
   * @param maxReplyBytes the longest reply, 200 and up
   * @param clocks what time it is
   * @param random this thread's own
   */
  UdpResponder(
      AnnounceService service,
      ConnectionIds ids,
      DoorMeter meter,
      int maxReplyBytes,
      UdpClocks clocks,
      SplittableRandom random) {
    this.service = service;
    this.ids = ids;
    this.meter = meter;
    this.clocks = clocks;
    this.random = random;
    faults = new FaultLog(clocks.nanos());
    ipv4Reply = new UdpAnnounceReply(false, maxReplyBytes);
    ipv6Reply = new UdpAnnounceReply(true, maxReplyBytes);
    scrapeRoom =
        Math.min(
            UdpScrape.MAX_HASHES,
            (maxReplyBytes - UdpReplies.SCRAPE_HEADER) / UdpReplies.SCRAPE_ENTRY);
  }

  /**
   * Answers all packets of a batch, in two walks: the first sees who may announce and has their
   * swarms fetched from memory together, the second does the work.
   */
  void answer(UdpBatch batch) {
    long now = clocks.seconds().getAsLong();
    long wallSeconds = clocks.wall().millis() / 1000;
    for (int i = 0; i < batch.packets(); i++) {
      if (prove(batch.exchange(i), wallSeconds)) {
        batch.willAnnounce(i);
      }
    }
    touch(batch);
    for (int i = 0; i < batch.packets(); i++) {
      Exchange exchange = batch.exchange(i);
      try {
        exchange.reply(reply(exchange, now, wallSeconds));
      } catch (RuntimeException | Error fault) {
        exchange.reply(
            exchange.proved() ? refuse(exchange, Refusal.INTERNAL, ErrorText.INTERNAL) : 0);
        faults.fault("answering a UDP packet", fault);
      }
    }
  }

  private void touch(UdpBatch batch) {
    try {
      service.touch(batch);
    } catch (RuntimeException | Error fault) {
      faults.fault("fetching swarms for UDP", fault); // it would only have made the rest faster
    }
  }

  /** Checks the sender's connection id; says whether the packet is an announce to be answered. */
  private boolean prove(Exchange exchange, long wallSeconds) {
    return switch (exchange.kind()) {
      case ANNOUNCE, SCRAPE, MALFORMED -> {
        long id = UdpPacket.connectionId(exchange.in(), exchange.inOffset());
        boolean proved = ids.accepts(id, exchange.sourceHigh(), exchange.sourceLow(), wallSeconds);
        exchange.prove(proved);
        yield proved && exchange.kind() == PacketKind.ANNOUNCE;
      }
      case CONNECT, DHT, STUN, RENDEZVOUS, JUNK -> false;
    };
  }

  private int reply(Exchange exchange, long now, long wallSeconds) {
    return switch (exchange.kind()) {
      case CONNECT -> connect(exchange, wallSeconds);
      case ANNOUNCE -> exchange.proved() ? announce(exchange, now) : refuseUnproved(exchange);
      case SCRAPE -> {
        if (exchange.proved()) {
          yield scrape(exchange);
        }
        yield exchange.scrape().hashes() > 0 ? refuseUnproved(exchange) : drop();
      }
      case MALFORMED -> exchange.proved() ? malformed(exchange) : drop();
      // Reserved for doors to come on the same port.
      case DHT, STUN, RENDEZVOUS -> drop();
      case JUNK -> drop();
    };
  }

  private int connect(Exchange exchange, long wallSeconds) {
    long id = ids.issue(exchange.sourceHigh(), exchange.sourceLow(), wallSeconds);
    meter.connect();
    return UdpReplies.putConnect(exchange.out(), exchange.outOffset(), transactionId(exchange), id);
  }

  private int announce(Exchange exchange, long now) {
    UdpAnnounce announce = exchange.announce();
    if (announce.port() == 0) {
      return refuse(exchange, Refusal.PORT, ErrorText.PORT);
    }
    boolean ipv6 = announce.kind() == MemberKind.IPV6;
    UdpAnnounceReply reply = ipv6 ? ipv6Reply : ipv4Reply;
    reply.begin(exchange.out(), exchange.outOffset());
    Verdict verdict = service.announce(announce, reply, random, now);
    return switch (verdict) {
      case ACCEPTED -> {
        meter.announce(ipv6, reply.peers());
        yield reply.finish(announce.transactionId());
      }
      case NO_ROOM_FOR_SWARM ->
          refuse(
              exchange, Refusal.NO_ROOM_FOR_SWARM, ErrorText.NO_ROOM_FOR_SWARM, reply.interval());
      case NO_ROOM_FOR_PEER ->
          refuse(exchange, Refusal.NO_ROOM_FOR_PEER, ErrorText.NO_ROOM_FOR_PEER, reply.interval());
    };
  }

  private int scrape(Exchange exchange) {
    UdpScrape scrape = exchange.scrape();
    if (scrape.hashes() == 0) {
      return refuse(exchange, Refusal.EMPTY_SCRAPE, ErrorText.EMPTY_SCRAPE);
    }
    ByteBuffer out = exchange.out();
    int offset = exchange.outOffset();
    int answered = Math.min(scrape.hashes(), scrapeRoom);
    UdpReplies.putScrapeHeader(out, offset, scrape.transactionId());
    for (int i = 0; i < answered; i++) {
      SwarmCounts counts =
          service.counts(scrape.hashHigh(i), scrape.hashMiddle(i), scrape.hashLow(i));
      UdpReplies.putScrapeEntry(
          out, offset, i, counts.seeders(), counts.downloaded(), counts.leechers());
    }
    meter.scrape();
    return UdpReplies.SCRAPE_HEADER + UdpReplies.SCRAPE_ENTRY * answered;
  }

  private int malformed(Exchange exchange) {
    int action = UdpPacket.action(exchange.in(), exchange.inOffset());
    return action == UdpPacket.ANNOUNCE
        ? refuse(exchange, Refusal.MALFORMED, ErrorText.SHORT_ANNOUNCE, exchange.length())
        : refuse(exchange, Refusal.MALFORMED, ErrorText.ACTION, Integer.toUnsignedLong(action));
  }

  private int refuseUnproved(Exchange exchange) {
    return refuse(exchange, Refusal.CONNECTION_ID, ErrorText.CONNECTION_ID);
  }

  private int refuse(Exchange exchange, Refusal refusal, ErrorText text) {
    meter.refuse(refusal);
    return text.put(exchange.out(), exchange.outOffset(), transactionId(exchange));
  }

  private int refuse(Exchange exchange, Refusal refusal, ErrorText text, long number) {
    meter.refuse(refusal);
    return text.put(exchange.out(), exchange.outOffset(), transactionId(exchange), number);
  }

  private int drop() {
    meter.drop();
    return 0;
  }

  private static int transactionId(Exchange exchange) {
    return UdpPacket.transactionId(exchange.in(), exchange.inOffset());
  }
}
