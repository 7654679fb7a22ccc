package dev.muster.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.muster.protocol.announce.AnnounceRequest;
import dev.muster.protocol.announce.Refusal;
import dev.muster.protocol.bencode.BencodeWriter;
import dev.muster.protocol.http.AnnounceQuery;
import dev.muster.protocol.http.HttpQuery;
import dev.muster.protocol.http.QueryParser;
import dev.muster.protocol.http.RefusedQuery;
import dev.muster.protocol.http.ResponseWriter;
import dev.muster.protocol.http.ScrapeQuery;
import dev.muster.protocol.id.Address;
import dev.muster.protocol.id.InfoHash;
import dev.muster.server.announce.AnnouncePolicy;
import dev.muster.server.announce.AnnounceService;
import dev.muster.server.observe.DoorMeter;
import dev.muster.server.observe.FaultLog;
import dev.muster.swarm.SwarmCounts;
import dev.muster.swarm.Verdict;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests: one for each event loop, with buffers that are used again, so not thread-safe.
 */
final class Responder {
  private final AnnounceService service;
  private final DoorMeter meter;
  private final ClientAddresses clients;
  private final boolean trustIpParameter;
  private final OneAddressWatch watch;
  private final FaultLog faults;
  private final LongSupplier seconds;
  private final SplittableRandom random;
  private final QueryParser queries = new QueryParser();
  private final HttpAnnounceReply reply = new HttpAnnounceReply();
  private final BencodeWriter out = new BencodeWriter(4096);
  private final GzipBody gzip = new GzipBody();

  Responder(
      AnnounceService service,
      DoorMeter meter,
      ClientAddresses clients,
      boolean trustIpParameter,
      OneAddressWatch watch,
      FaultLog faults,
      LongSupplier seconds,
      SplittableRandom random) {
    this.service = service;
    this.meter = meter;
    this.clients = clients;
    this.trustIpParameter = trustIpParameter;
    this.watch = watch;
    this.faults = faults;
    this.seconds = seconds;
    this.random = random;
  }

  /**
   * The whole answer to a request, which belongs to the caller.
   *
   * @param hop who the connection is from
   */
  ByteBuf answer(
      ByteBufAllocator buffers, HttpRequest request, Address hop, Persistence persistence) {
    boolean head = request.method().equals(HttpMethod.HEAD);
    if (!head && !request.method().equals(HttpMethod.GET)) {
      meter.refuse(Refusal.METHOD);
      return text(buffers, Status.METHOD_NOT_ALLOWED, "only GET and HEAD", head, persistence);
    }
    return answer(
        buffers, () -> HttpQuery.parse(request.uri()), request.headers(), hop, head, persistence);
  }

  /** The same for a plain request. */
  ByteBuf answer(ByteBufAllocator buffers, PlainGet request, Address hop, Persistence persistence) {
    return answer(
        buffers, () -> request.query(queries), request.headers(), hop, false, persistence);
  }

  private ByteBuf answer(
      ByteBufAllocator buffers,
      Supplier<HttpQuery> query,
      HttpHeaders headers,
      Address hop,
      boolean head,
      Persistence persistence) {
    out.clear();
    boolean scraped = false;
    try {
      switch (query.get()) {
        case AnnounceQuery announce -> announce(announce, headers, hop);
        case ScrapeQuery scrape -> {
          scrape(scrape);
          scraped = true;
        }
        case RefusedQuery refused -> {
          if (refused.reason() == Refusal.NOT_FOUND) {
            meter.refuse(Refusal.NOT_FOUND);
            return text(buffers, Status.NOT_FOUND, refused.sentence(), head, persistence);
          }
          refuse(refused.reason(), refused.sentence(), service.policy().intervalSeconds());
        }
      }
    } catch (RuntimeException | Error e) {
      faults.fault("answering a request over HTTP", e);
      out.clear();
      refuse(Refusal.INTERNAL, "a fault of the tracker", service.policy().intervalSeconds());
    }
    if (scraped && out.length() >= GzipBody.WORTH_FROM && GzipBody.acceptedBy(headers)) {
      int length = gzip.compress(out.array(), out.length());
      if (length >= 0) {
        return whole(buffers, Status.OK, gzip.array(), length, true, head, persistence);
      }
    }
    return whole(buffers, Status.OK, out.array(), out.length(), false, head, persistence);
  }

  /** An answer with a line of text, which belongs to the caller. */
  static ByteBuf text(
      ByteBufAllocator buffers, Status status, String line, boolean head, Persistence persistence) {
    byte[] body = (line + "\n").getBytes(US_ASCII);
    return whole(buffers, status, body, body.length, false, head, persistence);
  }

  private static ByteBuf whole(
      ByteBufAllocator buffers,
      Status status,
      byte[] body,
      int length,
      boolean gzip,
      boolean head,
      Persistence persistence) {
    ByteBuf whole = buffers.ioBuffer(Status.HEAD_BYTES + (head ? 0 : length));
    status.writeHead(whole, length, gzip, persistence);
    if (!head) {
      whole.writeBytes(body, 0, length);
    }
    return whole;
  }

  private void announce(AnnounceQuery query, HttpHeaders headers, Address hop) {
    long now = seconds.getAsLong();
    Optional<Address> client = clients.of(hop, headers);
    if (client.isEmpty()) {
      refuse(
          Refusal.CLIENT_ADDRESS,
          "the proxy in front of this tracker does not tell your address",
          service.policy().intervalSeconds());
      return;
    }
    Address seen = client.get();
    Address address = trustIpParameter ? query.claimed(seen).orElse(seen) : seen;
    AnnounceRequest announce = query.from(address);
    Verdict verdict = service.announce(announce, reply.clear(query.contact()), random, now);
    switch (verdict) {
      case ACCEPTED -> {
        meter.announce(address instanceof Address.Ipv6, reply.peers());
        write(outside(seen, service.policy()));
        if (!watch.isSettled()) {
          watch.saw(
              seen,
              announce.port(),
              announce.peerIdHigh(),
              ClientAddresses.isForwarded(headers),
              now);
        }
      }
      case NO_ROOM_FOR_SWARM ->
          refuse(
              Refusal.NO_ROOM_FOR_SWARM,
              "this tracker has no room for new swarms now, try again later",
              reply.interval());
      case NO_ROOM_FOR_PEER ->
          refuse(
              Refusal.NO_ROOM_FOR_PEER,
              "this tracker has no room for new peers now, try again later",
              reply.interval());
    }
  }

  private void write(Address caller) {
    if (reply.wantsContacts()) {
      ResponseWriter.announce(
          out,
          reply.seeders(),
          reply.leechers(),
          reply.downloaded(),
          caller,
          reply.interval(),
          reply.minInterval(),
          reply.contacts);
      return;
    }
    ResponseWriter.announce(
        out,
        reply.seeders(),
        reply.leechers(),
        reply.downloaded(),
        caller,
        reply.interval(),
        reply.minInterval(),
        reply.ipv4,
        reply.ipv6);
  }

  /** The address at which a peer is met from outside, as far as it is known. */
  private static Address outside(Address seen, AnnouncePolicy policy) {
    @Nullable Address external =
        switch (seen) {
          case Address.Ipv4 _ -> policy.externalIpv4();
          case Address.Ipv6 _ -> policy.externalIpv6();
        };
    return seen.isPrivate() && external != null ? external : seen;
  }

  private void scrape(ScrapeQuery query) {
    ResponseWriter.beginScrape(out);
    for (InfoHash hash : new TreeSet<>(query.infoHashes())) {
      SwarmCounts counts = service.counts(hash.high(), hash.middle(), hash.low());
      ResponseWriter.scraped(
          out,
          hash,
          counts.seeders(),
          counts.leechers(),
          counts.partialSeeds(),
          counts.downloaded());
    }
    ResponseWriter.endScrape(out, service.policy().minIntervalSeconds());
    meter.scrape();
  }

  private void refuse(Refusal reason, String sentence, int interval) {
    meter.refuse(reason);
    ResponseWriter.failure(out, sentence, interval);
  }

  void release() {
    gzip.release();
  }
}
