package dev.muster.client.wire;

import dev.muster.protocol.id.Address;
import dev.muster.protocol.id.Endpoint;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is believed of what trackers say. */
final class Bounds {
  /** Peers of one answer; ten times what clients ask for. */
  static final int MAX_PEERS = 2000;

  /** Bytes of an answer, as sent and as inflated. */
  static final int MAX_BODY = 1 << 20;

  /** BEP 3 leaves it open; trackers name half an hour. */
  static final Duration USUAL_INTERVAL = Duration.ofMinutes(30);

  private static final Duration LONGEST_WAIT = Duration.ofDays(1);
  private static final int MAX_TEXT = 1000;

  /** So many seconds, 0 to a day; a negative number is one beyond 31 bits. */
  static Duration pause(long seconds) {
    long day = LONGEST_WAIT.toSeconds();
    return Duration.ofSeconds(seconds < 0 || seconds > day ? day : seconds);
  }

  /** A count, unsigned on the wire. */
  static int count(int unsigned) {
    return unsigned < 0 ? Integer.MAX_VALUE : unsigned;
  }

  static String text(String any) {
    return any.substring(0, Math.min(any.length(), MAX_TEXT));
  }

  /** Each once, and only those that are somewhere. */
  static List<Endpoint> peers(Collection<Endpoint> any) {
    Set<Endpoint> some = new LinkedHashSet<>();
    for (Endpoint peer : any) {
      if (some.size() == MAX_PEERS) {
        break;
      }
      if (peer.port() > 0 && isSomewhere(peer.address())) {
        some.add(peer);
      }
    }
    return List.copyOf(some);
  }

  /** Not this network (0/8, ::), not multicast, not broadcast. */
  private static boolean isSomewhere(Address address) {
    return switch (address) {
      case Address.Ipv4 ipv4 -> {
        int first = ipv4.bits() >>> 24;
        yield first != 0 && first < 224;
      }
      case Address.Ipv6 ipv6 -> !ipv6.isUnspecified() && ipv6.high() >>> 56 != 0xff;
    };
  }

  private Bounds() {}
}
