package dev.muster.protocol.udp;

import dev.muster.protocol.announce.AnnounceEvent;
import dev.muster.protocol.announce.AnnounceRequest;
import dev.muster.protocol.id.Address;
import dev.muster.protocol.id.InfoHash;
import dev.muster.protocol.id.PeerId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a client sends to a UDP tracker (BEP 15). Drawn at {@link UdpAnnounce} and its kin. */
public sealed interface UdpRequest {
  /** The client's mark on this request; the response bears it too. */
  int transactionId();

  /** The packet. */
  byte[] encode();

  /**
   * Reads a packet; trailing bytes are passed over.
   *
   * @param packet its remaining bytes are read; it stays as it is
   * @return empty if it is no request, or cut short
   */
  static Optional<UdpRequest> decode(ByteBuffer packet) {
    ByteBuffer in = packet.slice(); // big-endian, whatever the packet's order
    if (in.remaining() < UdpPacket.REQUEST_HEADER) {
      return Optional.empty();
    }
    long connectionId = in.getLong();
    int action = in.getInt();
    int transactionId = in.getInt();
    return switch (action) {
      case UdpPacket.CONNECT ->
          connectionId == UdpPacket.MAGIC
              ? Optional.of(new Connect(transactionId))
              : Optional.empty();
      case UdpPacket.ANNOUNCE ->
          in.capacity() >= UdpAnnounce.LENGTH
              ? Optional.of(Announce.read(connectionId, transactionId, in))
              : Optional.empty();
      case UdpPacket.SCRAPE -> Optional.of(Scrape.read(connectionId, transactionId, in));
      default -> Optional.empty();
    };
  }

  /**
   * Asks for a connection id, which proves that the client receives what is sent to its address.
   *
   * @param transactionId the client's mark
   */
  record Connect(int transactionId) implements UdpRequest {
    @Override
    public byte[] encode() {
      return ByteBuffer.allocate(UdpPacket.REQUEST_HEADER)
          .putLong(UdpPacket.MAGIC)
          .putInt(UdpPacket.CONNECT)
          .putInt(transactionId)
          .array();
    }
  }

  /**
   * Files the client in a swarm and asks for peers.
   *
   * @param connectionId from the last {@link UdpResponse.Connected}
   * @param transactionId the client's mark
   * @param infoHash the swarm
   * @param peerId the client's id
   * @param downloaded bytes, unsigned
   * @param left bytes, 0 and up, or {@link dev.muster.protocol.announce.Announce#UNKNOWN_LEFT}
   * @param uploaded bytes, unsigned
   * @param event why
   * @param claimedIpv4 the address the client would like to be known by, big-endian, 0 for where
   *     the packet comes from; trackers do not believe it
   * @param key the client's own mark, the same over all its addresses
   * @param numwant peers wanted, 0 and up, or {@link
   *     dev.muster.protocol.announce.Announce#DEFAULT_NUMWANT}
   * @param port where the client listens, 1 to 65535; 0 can be read, but no tracker takes it
   * @param urlData path and query of the tracker's URL (BEP 41), one character for each byte; may
   *     be empty
   */
  record Announce(
      long connectionId,
      int transactionId,
      InfoHash infoHash,
      PeerId peerId,
      long downloaded,
      long left,
      long uploaded,
      AnnounceEvent event,
      int claimedIpv4,
      int key,
      int numwant,
      int port,
      String urlData)
      implements UdpRequest {

    /**
     * @throws IllegalArgumentException if left, numwant or port are out of range
     */
    public Announce {
      if (left < dev.muster.protocol.announce.Announce.UNKNOWN_LEFT) {
        throw new IllegalArgumentException("left is 0 and up, or unknown, left=" + left);
      }
      if (numwant < dev.muster.protocol.announce.Announce.DEFAULT_NUMWANT) {
        throw new IllegalArgumentException("numwant is 0 and up, or default, numwant=" + numwant);
      }
      if (port < 0 || port > 65535) {
        throw new IllegalArgumentException("a port is 0 to 65535, port=" + port);
      }
    }

    /** The announce that this is, when it comes from this address. */
    public AnnounceRequest from(Address source) {
      return new AnnounceRequest(
          infoHash,
          peerId,
          source,
          port,
          uploaded,
          downloaded,
          left,
          event,
          numwant,
          Integer.toUnsignedLong(key));
    }

    @Override
    public byte[] encode() {
      ByteBuffer out =
          ByteBuffer.allocate(UdpAnnounce.LENGTH + UrlData.encodedLength(urlData))
              .putLong(connectionId)
              .putInt(UdpPacket.ANNOUNCE)
              .putInt(transactionId)
              .put(infoHash.bytes())
              .put(peerId.bytes())
              .putLong(downloaded)
              .putLong(left)
              .putLong(uploaded)
              .putInt(event.ordinal())
              .putInt(claimedIpv4)
              .putInt(key)
              .putInt(numwant)
              .putShort((short) port);
      UrlData.write(out, urlData);
      return out.array();
    }

    private static Announce read(long connectionId, int transactionId, ByteBuffer in) {
      byte[] name = new byte[InfoHash.LENGTH];
      in.get(name);
      InfoHash infoHash = InfoHash.of(name);
      in.get(name);
      PeerId peerId = PeerId.of(name);
      return new Announce(
          connectionId,
          transactionId,
          infoHash,
          peerId,
          in.getLong(),
          readLeft(in.getLong()),
          in.getLong(),
          AnnounceEvent.ofNumber(in.getInt()),
          in.getInt(),
          in.getInt(),
          Math.max(dev.muster.protocol.announce.Announce.DEFAULT_NUMWANT, in.getInt()),
          in.getShort() & 0xffff,
          readUrlData(in));
    }

    private static long readLeft(long unsigned) {
      boolean fits = unsigned >= dev.muster.protocol.announce.Announce.UNKNOWN_LEFT;
      return fits ? unsigned : Long.MAX_VALUE;
    }

    private static String readUrlData(ByteBuffer in) {
      StringBuilder text = new StringBuilder();
      while (in.hasRemaining()) {
        int type = in.get();
        if (type == 0) {
          break;
        }
        if (type == 1) {
          continue;
        }
        if (!in.hasRemaining()) {
          break;
        }
        int length = in.get() & 0xff;
        if (length > in.remaining()) {
          break;
        }
        byte[] value = new byte[length];
        in.get(value);
        if (type == 2) {
          text.append(new String(value, StandardCharsets.ISO_8859_1));
        }
      }
      return text.toString();
    }
  }

  /**
   * Asks for the counts of swarms.
   *
   * @param connectionId from the last {@link UdpResponse.Connected}
   * @param transactionId the client's mark
   * @param infoHashes the swarms; no more than {@link UdpScrape#MAX_HASHES} are sure to be answered
   */
  record Scrape(long connectionId, int transactionId, List<InfoHash> infoHashes)
      implements UdpRequest {

    public Scrape {
      infoHashes = List.copyOf(infoHashes);
    }

    @Override
    public byte[] encode() {
      ByteBuffer out =
          ByteBuffer.allocate(UdpPacket.REQUEST_HEADER + InfoHash.LENGTH * infoHashes.size())
              .putLong(connectionId)
              .putInt(UdpPacket.SCRAPE)
              .putInt(transactionId);
      infoHashes.forEach(infoHash -> out.put(infoHash.bytes()));
      return out.array();
    }

    private static Scrape read(long connectionId, int transactionId, ByteBuffer in) {
      List<InfoHash> infoHashes = new ArrayList<>(in.remaining() / InfoHash.LENGTH);
      byte[] name = new byte[InfoHash.LENGTH];
      while (in.remaining() >= InfoHash.LENGTH) {
        in.get(name);
        infoHashes.add(InfoHash.of(name));
      }
      return new Scrape(connectionId, transactionId, infoHashes);
    }
  }
}
