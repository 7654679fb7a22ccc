package dev.muster.protocol.http;

import dev.muster.protocol.bencode.BDictionary;
import dev.muster.protocol.bencode.BInteger;
import dev.muster.protocol.bencode.BList;
import dev.muster.protocol.bencode.BString;
import dev.muster.protocol.bencode.BValue;
import dev.muster.protocol.bencode.BencodeException;
import dev.muster.protocol.bencode.BencodeLimits;
import dev.muster.protocol.bencode.BencodeReader;
import dev.muster.protocol.id.Address;
import dev.muster.protocol.id.Endpoint;
import dev.muster.protocol.id.InfoHash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads what trackers send, of which not all is canonical. */
final class ResponseReader {
  static TrackerResponse announce(byte[] body) {
    return read(body, ResponseReader::announced);
  }

  static TrackerResponse scrape(byte[] body) {
    return read(body, ResponseReader::scraped);
  }

  private interface Reading {
    TrackerResponse of(BDictionary dictionary);
  }

  private static TrackerResponse read(byte[] body, Reading reading) {
    BValue value;
    try {
      value = BencodeReader.lenient(body, BencodeLimits.TRACKER_REPLY);
    } catch (BencodeException e) {
      return new TrackerResponse.Malformed("the answer is not bencoding: " + e.getMessage());
    }
    if (!(value instanceof BDictionary dictionary)) {
      return new TrackerResponse.Malformed("the answer is not a dictionary");
    }
    return dictionary
        .string("failure reason")
        .map(reason -> failed(reason, dictionary))
        .orElseGet(() -> reading.of(dictionary));
  }

  private static TrackerResponse failed(BString reason, BDictionary dictionary) {
    Optional<BValue> retry = dictionary.get("retry in");
    boolean never = retry.filter(v -> v instanceof BString text && text.is("never")).isPresent();
    return new TrackerResponse.Failed(
        reason.utf8(),
        number(dictionary, "interval"),
        retry.map(ResponseReader::minutes).orElse(OptionalInt.empty()),
        never);
  }

  /** BEP 31 speaks of a number and shows it as a string. */
  private static OptionalInt minutes(BValue value) {
    return switch (value) {
      case BInteger integer -> number(integer);
      case BString string -> {
        byte[] text = string.bytes();
        Decimal decimal = Decimal.in(text, 0, text.length);
        yield decimal.isNumber()
            ? OptionalInt.of((int) Math.min(decimal.signed(), Integer.MAX_VALUE))
            : OptionalInt.empty();
      }
      case BList list -> OptionalInt.empty();
      case BDictionary dictionary -> OptionalInt.empty();
    };
  }

  private static TrackerResponse announced(BDictionary answer) {
    List<Endpoint> peers = new ArrayList<>();
    answer.get("peers").ifPresent(value -> peers(value, CompactPeers.IPV4_LENGTH, peers));
    answer.get("peers6").ifPresent(value -> peers(value, CompactPeers.IPV6_LENGTH, peers));
    return new TrackerResponse.Announced(
        number(answer, "interval"),
        number(answer, "min interval"),
        number(answer, "complete"),
        number(answer, "incomplete"),
        number(answer, "downloaded"),
        answer
            .string("external ip")
            .filter(ip -> ip.length() == 4 || ip.length() == 16)
            .map(ip -> Address.of(ip.bytes())),
        answer.string("tracker id").map(BString::utf8),
        answer.string("warning message").map(BString::utf8),
        peers);
  }

  /** The compact form, or the older list of dictionaries; both may come in answer to anything. */
  private static void peers(BValue value, int stride, List<Endpoint> peers) {
    switch (value) {
      case BString compact -> {
        ByteBuffer bytes = ByteBuffer.wrap(compact.bytes());
        byte[] address = new byte[stride - 2];
        while (bytes.remaining() >= stride) { // an odd rest is dropped, as Transmission does
          bytes.get(address);
          add(Address.of(address), bytes.getShort() & 0xffff, peers);
        }
      }
      case BList list -> {
        for (BValue peer : list.values()) {
          if (peer instanceof BDictionary dictionary) {
            Optional<Address> address =
                dictionary.string("ip").flatMap(ip -> Address.parse(ip.utf8()));
            long port = dictionary.integer("port").map(BInteger::clamped).orElse(0L);
            if (address.isPresent() && port <= 0xffff) {
              add(address.get(), (int) Math.max(port, 0), peers);
            }
          }
        }
      }
      case BInteger integer -> {}
      case BDictionary dictionary -> {}
    }
  }

  private static void add(Address address, int port, List<Endpoint> peers) {
    if (port > 0) {
      peers.add(new Endpoint(address, port));
    }
  }

  private static TrackerResponse scraped(BDictionary answer) {
    if (!(answer.get("files").orElse(null) instanceof BDictionary files)) {
      return new TrackerResponse.Malformed("the answer has no files");
    }
    Map<InfoHash, TrackerResponse.Counts> swarms = new HashMap<>();
    for (BDictionary.Entry entry : files.entries()) {
      if (entry.key().length() == InfoHash.LENGTH && entry.value() instanceof BDictionary swarm) {
        swarms.putIfAbsent(
            InfoHash.of(entry.key().bytes()),
            new TrackerResponse.Counts(
                number(swarm, "complete").orElse(0),
                number(swarm, "incomplete").orElse(0),
                number(swarm, "downloaders"),
                number(swarm, "downloaded").orElse(0)));
      }
    }
    OptionalInt minimum =
        answer.get("flags").orElse(null) instanceof BDictionary flags
            ? number(flags, "min_request_interval")
            : OptionalInt.empty();
    return new TrackerResponse.Scraped(swarms, minimum);
  }

  private static OptionalInt number(BDictionary dictionary, String key) {
    return dictionary.integer(key).map(ResponseReader::number).orElse(OptionalInt.empty());
  }

  /** 0 and up; what is below is not said, what is above is the largest. */
  private static OptionalInt number(BInteger integer) {
    long value = integer.clamped();
    return value < 0
        ? OptionalInt.empty()
        : OptionalInt.of((int) Math.min(value, Integer.MAX_VALUE));
  }

  private ResponseReader() {}
}
