package dev.muster.server;

import dev.muster.protocol.id.Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/** Finds the announce URLs to hand out: where a door listens, as others see it. */
final class AnnounceUrls {
  private final List<Address> external;
  private final List<Address> own;

  /**
   * @param external what stands for this machine outside a NAT, may be empty
   * @param own the machine's addresses
   */
  AnnounceUrls(List<Address> external, List<Address> own) {
    this.external = external;
    this.own = own;
  }

  /**
   * The addresses of this machine's interfaces that are up, those no other machine can use aside.
   */
  static List<Address> ofThisMachine() {
    List<Address> addresses = new ArrayList<>();
    try {
      for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
        if (each.isUp() && !each.isLoopback()) {
          each.inetAddresses()
              .filter(address -> !address.isLinkLocalAddress())
              .map(Address::of)
              .forEach(addresses::add);
        }
      }
    } catch (SocketException e) {
      return List.of(); // then only loopback is known
    }
    return addresses;
  }

  /**
   * The URLs of a door, IPv4 first.
   *
   * @param scheme http or udp
   * @param bound where the door listens
   */
  List<String> of(String scheme, InetSocketAddress bound) {
    return hosts(bound).stream()
        .map(host -> scheme + "://" + host + ":" + bound.getPort() + "/announce")
        .toList();
  }

  /** The hosts, as in a URL, by which others reach what listens here: at least one, IPv4 first. */
  List<String> hosts(InetSocketAddress bound) {
    return addresses(bound.getAddress()).stream()
        // not Comparator.comparing: its lambda is serializable, and those are never in an AOT cache
        .sorted((one, other) ->
            Boolean.compare(one instanceof Address.Ipv6, other instanceof Address.Ipv6))
        .map(AnnounceUrls::host)
        .toList();
  }

  /** An address as it stands in a URL. */
  static String host(Address address) {
    return address instanceof Address.Ipv6 ? "[" + address + "]" : address.toString();
  }

  private List<Address> addresses(InetAddress bound) {
    if (!bound.isAnyLocalAddress()) {
      return List.of(Address.of(bound));
    }
    if (!external.isEmpty()) {
      return external;
    }
    // An IPv6 wildcard socket takes IPv4 as well.
    List<Address> reachable =
        own.stream()
            .filter(own -> bound.getAddress().length == 16 || own instanceof Address.Ipv4)
            .toList();
    List<Address> global = reachable.stream().filter(own -> !own.isPrivate()).toList();
    if (!global.isEmpty()) {
      return global;
    }
    return reachable.isEmpty() ? List.of(Address.of(InetAddress.getLoopbackAddress())) : reachable;
  }
}
