package dev.muster.protocol.udp;

import dev.muster.protocol.id.Address;
import dev.muster.protocol.id.Endpoint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a UDP tracker answers (BEP 15). Drawn at {@link UdpReplies}. */
public sealed interface UdpResponse {
  /** The mark of the request that this answers. */
  int transactionId();

  /** The packet. */
  byte[] encode();

  /**
   * Reads a packet from a tracker. Bytes beyond the last whole peer or swarm are passed over, and
   * so are peers at port 0.
   *
   * @param packet its remaining bytes are read; it stays as it is
   * @param ipv6 whether it came over IPv6, which decides how long a peer is
   * @return empty if it is no response, or cut short
   */
  static Optional<UdpResponse> decode(ByteBuffer packet, boolean ipv6) {
    ByteBuffer in = packet.slice(); // big-endian, whatever the packet's order
    if (in.remaining() < UdpPacket.RESPONSE_HEADER) {
      return Optional.empty();
    }
    int action = in.getInt();
    int transactionId = in.getInt();
    return switch (action) {
      case UdpPacket.CONNECT ->
          in.remaining() >= Long.BYTES
              ? Optional.of(new Connected(transactionId, in.getLong()))
              : Optional.empty();
      case UdpPacket.ANNOUNCE ->
          in.capacity() >= UdpReplies.ANNOUNCE_HEADER
              ? Optional.of(Announced.read(transactionId, in, ipv6))
              : Optional.empty();
      case UdpPacket.SCRAPE -> Optional.of(Scraped.read(transactionId, in));
      case UdpPacket.ERROR -> Optional.of(Failed.read(transactionId, in));
      default -> Optional.empty();
    };
  }

  /**
   * A connection id, good for a minute at least.
   *
   * @param transactionId the request's mark
   * @param connectionId for the requests to come, from the same address
   */
  record Connected(int transactionId, long connectionId) implements UdpResponse {
    @Override
    public byte[] encode() {
      return ByteBuffer.allocate(UdpReplies.CONNECT_LENGTH)
          .putInt(UdpPacket.CONNECT)
          .putInt(transactionId)
          .putLong(connectionId)
          .array();
    }
  }

  /**
   * The peers of a swarm.
   *
   * @param transactionId the request's mark
   * @param intervalSeconds how long to wait before the next announce
   * @param leechers members that lack something
   * @param seeders members that lack nothing
   * @param peers some of them, all of one family
   */
  record Announced(
      int transactionId, int intervalSeconds, int leechers, int seeders, List<Endpoint> peers)
      implements UdpResponse {

    public Announced {
      peers = List.copyOf(peers);
    }

    @Override
    public byte[] encode() {
      int peerBytes = peers.stream().mapToInt(p -> p.address().bytes().length + 2).sum();
      ByteBuffer out =
          ByteBuffer.allocate(UdpReplies.ANNOUNCE_HEADER + peerBytes)
              .putInt(UdpPacket.ANNOUNCE)
              .putInt(transactionId)
              .putInt(intervalSeconds)
              .putInt(leechers)
              .putInt(seeders);
      peers.forEach(peer -> out.put(peer.address().bytes()).putShort((short) peer.port()));
      return out.array();
    }

    private static Announced read(int transactionId, ByteBuffer in, boolean ipv6) {
      int interval = in.getInt();
      int leechers = in.getInt();
      int seeders = in.getInt();
      byte[] address = new byte[ipv6 ? 16 : 4];
      List<Endpoint> peers = new ArrayList<>();
      while (in.remaining() >= address.length + 2) {
        in.get(address);
        int port = in.getShort() & 0xffff;
        if (port != 0) {
          peers.add(new Endpoint(Address.of(address), port));
        }
      }
      return new Announced(transactionId, interval, leechers, seeders, peers);
    }
  }

  /**
   * The counts of swarms, in the order they were asked for; may be fewer.
   *
   * @param transactionId the request's mark
   * @param swarms the counts
   */
  record Scraped(int transactionId, List<Swarm> swarms) implements UdpResponse {
    public Scraped {
      swarms = List.copyOf(swarms);
    }

    /**
     * The counts of one swarm; zeros if the tracker does not know it.
     *
     * @param seeders members that lack nothing
     * @param completed how many have completed
     * @param leechers members that lack something
     */
    public record Swarm(int seeders, int completed, int leechers) {}

    @Override
    public byte[] encode() {
      ByteBuffer out =
          ByteBuffer.allocate(UdpReplies.SCRAPE_HEADER + UdpReplies.SCRAPE_ENTRY * swarms.size())
              .putInt(UdpPacket.SCRAPE)
              .putInt(transactionId);
      swarms.forEach(s -> out.putInt(s.seeders).putInt(s.completed).putInt(s.leechers));
      return out.array();
    }

    private static Scraped read(int transactionId, ByteBuffer in) {
      List<Swarm> swarms = new ArrayList<>();
      while (in.remaining() >= UdpReplies.SCRAPE_ENTRY) {
        swarms.add(new Swarm(in.getInt(), in.getInt(), in.getInt()));
      }
      return new Scraped(transactionId, swarms);
    }
  }

  /**
   * What was wrong.
   *
   * @param transactionId the request's mark
   * @param message for a person to read
   */
  record Failed(int transactionId, String message) implements UdpResponse {
    @Override
    public byte[] encode() {
      byte[] text = message.getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.allocate(UdpPacket.RESPONSE_HEADER + text.length)
          .putInt(UdpPacket.ERROR)
          .putInt(transactionId)
          .put(text)
          .array();
    }

    /** Without the NULs that opentracker puts at the end. */
    private static Failed read(int transactionId, ByteBuffer in) {
      int end = in.limit();
      while (end > in.position() && in.get(end - 1) == 0) {
        end--;
      }
      byte[] text = new byte[end - in.position()];
      in.get(text);
      return new Failed(transactionId, new String(text, StandardCharsets.UTF_8));
    }
  }
}
