package dev.muster.client.wire;

import dev.muster.client.wire.TrackerFailure.Kind;
import dev.muster.protocol.id.Endpoint;
import dev.muster.protocol.id.InfoHash;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Asks trackers over the network. One instance serves thousands of links: it holds two UDP sockets
 * at most, and no HTTP connections between requests.
 */
public final class NetworkTransport implements TrackerTransport {
  private final WireSettings settings;
  private final HostNames names;
  private final UdpSockets ipv4 = new UdpSockets(false);
  private final UdpSockets ipv6 = new UdpSockets(true);
  private final UdpTrackers udp;
  private final HttpTrackers http;
  private final Ways ways = new Ways();

  private NetworkTransport(WireSettings settings, HostNames.Lookup lookup) {
    this.settings = settings;
    names = new HostNames(lookup);
    udp = new UdpTrackers(settings.clock(), ipv4, ipv6);
    http = new HttpTrackers(settings);
  }

  /** One that is ready to ask; sockets are opened when first needed. */
  public static NetworkTransport open(WireSettings settings) {
    return new NetworkTransport(settings, InetAddress::getAllByName);
  }

  static NetworkTransport open(WireSettings settings, HostNames.Lookup lookup) {
    return new NetworkTransport(settings, lookup);
  }

  /** How a tracker is asked over one family. */
  @FunctionalInterface
  private interface Asking<T> {
    T over(boolean ofIpv4, List<InetAddress> addresses) throws TrackerFailure, InterruptedException;
  }

  @Override
  public TrackerAnswer announce(URI tracker, AnnounceAsk ask, Duration limit)
      throws TrackerFailure, InterruptedException {
    Target target = Target.of(tracker);
    Deadline deadline = Deadline.in(limit, settings.clock());
    return merged(
        overBoth(
            target,
            deadline,
            (ofIpv4, addresses) ->
                target.isHttp()
                    ? http.announce(target, inFamily(ofIpv4), ask, deadline)
                    : eachInTurn(
                        addresses,
                        deadline,
                        (address, share) -> udp.announce(target, address, ask, share))));
  }

  @Override
  public Map<InfoHash, ScrapeCounts> scrape(URI tracker, List<InfoHash> swarms, Duration limit)
      throws TrackerFailure, InterruptedException {
    Target target = Target.of(tracker);
    List<InfoHash> distinct = swarms.stream().distinct().toList();
    if (distinct.isEmpty()) {
      return Map.of();
    }
    Deadline deadline = Deadline.in(limit, settings.clock());
    List<Map<InfoHash, ScrapeCounts>> answers =
        overBoth(
            target,
            deadline,
            (ofIpv4, addresses) ->
                target.isHttp()
                    ? http.scrape(target, inFamily(ofIpv4), distinct, deadline)
                    : eachInTurn(
                        addresses,
                        deadline,
                        (address, share) -> udp.scrape(target, address, distinct, share)));
    Map<InfoHash, ScrapeCounts> counts = new HashMap<>();
    answers.forEach(answer ->
        answer.forEach((swarm, seen) -> counts.merge(swarm, seen, NetworkTransport::larger)));
    return Map.copyOf(counts);
  }

  private <T> List<T> overBoth(Target target, Deadline deadline, Asking<T> asking)
      throws TrackerFailure, InterruptedException {
    List<InetAddress> all = names.of(target.host(), deadline);
    List<Ways.Way<T>> each = new ArrayList<>();
    for (boolean ofIpv4 : new boolean[] {true, false}) {
      List<InetAddress> addresses = only(ofIpv4, all);
      if (!addresses.isEmpty()) {
        each.add(() -> asking.over(ofIpv4, addresses));
      }
    }
    return ways.ask(each, deadline);
  }

  private HttpTrackers.Addresses inFamily(boolean ofIpv4) {
    return (host, deadline) -> {
      List<InetAddress> addresses = only(ofIpv4, names.of(host, deadline));
      if (addresses.isEmpty()) {
        throw new TrackerFailure(Kind.UNREACHABLE, "no address of this family: " + host);
      }
      return addresses;
    };
  }

  private static List<InetAddress> only(boolean ofIpv4, List<InetAddress> all) {
    return all.stream().filter(a -> a instanceof Inet4Address == ofIpv4).toList();
  }

  /** Asks one of several addresses. */
  @FunctionalInterface
  private interface AtAddress<T> {
    T ask(InetAddress address, Deadline share) throws TrackerFailure, InterruptedException;
  }

  /** Over UDP nothing tells a dead address from a slow one: each has its share of the time. */
  private static <T> T eachInTurn(
      List<InetAddress> addresses, Deadline deadline, AtAddress<T> asking)
      throws TrackerFailure, InterruptedException {
    for (int i = 0; ; i++) {
      int left = addresses.size() - i;
      try {
        return asking.ask(addresses.get(i), deadline.share(left));
      } catch (TrackerFailure e) {
        boolean silent = e.kind() == Kind.TIMED_OUT || e.kind() == Kind.UNREACHABLE;
        if (left == 1 || !silent) {
          throw e;
        }
      }
    }
  }

  private static TrackerAnswer merged(List<TrackerAnswer> answers) {
    if (answers.size() == 1) {
      return answers.getFirst();
    }
    TrackerAnswer one = answers.get(0);
    TrackerAnswer other = answers.get(1);
    List<Endpoint> peers = new ArrayList<>(one.peers());
    peers.addAll(other.peers());
    return new TrackerAnswer(
        Bounds.peers(peers),
        longer(one.interval(), other.interval()),
        Stream.of(one.minInterval(), other.minInterval())
            .flatMap(Optional::stream)
            .reduce(NetworkTransport::longer),
        larger(one.seeders(), other.seeders()),
        larger(one.leechers(), other.leechers()),
        one.warning().or(other::warning),
        one.trackerId().or(other::trackerId),
        one.externalAddress().or(other::externalAddress),
        longer(one.took(), other.took()));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  private static OptionalInt larger(OptionalInt one, OptionalInt other) {
    return one.orElse(-1) < other.orElse(-1) ? other : one;
  }

  private static ScrapeCounts larger(ScrapeCounts one, ScrapeCounts other) {
    return new ScrapeCounts(
        Math.max(one.seeders(), other.seeders()),
        Math.max(one.leechers(), other.leechers()),
        Math.max(one.downloaded(), other.downloaded()));
  }

  @Override
  public void close() {
    ways.close();
    ipv4.close();
    ipv6.close();
    names.close();
  }
}
