package dev.muster.server.http;

import dev.muster.protocol.id.Address;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns, once and loudly, when every peer seems to be at one address: a reverse proxy stands before
 * this door and was not configured, and all peers are told to meet at the proxy.
 *
 * <p>The rule: since the door opened all announces came from one private or loopback address, for a
 * minute at least, naming {@value #PORTS} ports or more; and either they carry a forwarding header,
 * or they are of {@value #MAKES} makes of client or more (the first three characters of the peer
 * id). So neither a load generator nor a test on one machine sets it off. One announce from another
 * address, and the question is settled for good. Thread-safe.
 */
final class OneAddressWatch {
  private static final Logger log = LoggerFactory.getLogger(OneAddressWatch.class);
  private static final int PORTS = 50;
  private static final int MAKES = 3;
  private static final int MANY_MAKES = 64; // random peer ids are no makes
  private static final int SECONDS = 60;

  private final Set<Integer> ports = new HashSet<>();
  private final Set<Long> makes = new HashSet<>();
  private volatile boolean settled;
  private Address only = new Address.Ipv4(0);
  private long since = Long.MIN_VALUE;
  private boolean forwarded;

  /** Whether nothing more needs to be told. */
  boolean isSettled() {
    return settled;
  }

  /**
   * An announce was accepted.
   *
   * @param address where it came from
   * @param port what it names
   * @param peerIdHigh the first eight bytes of its peer id
   * @param forwarded whether it had a forwarding header
   * @param now seconds
   * @return whether this set off the warning
   */
  synchronized boolean saw(
      Address address, int port, long peerIdHigh, boolean forwarded, long now) {
    if (settled) {
      return false;
    }
    if (since == Long.MIN_VALUE) {
      since = now;
      only = address;
    }
    if (!address.isPrivate() || !address.equals(only)) {
      settle();
      return false;
    }
    this.forwarded |= forwarded;
    if (ports.size() < PORTS) {
      ports.add(port);
    }
    if (peerIdHigh >>> 56 == '-' && makes.size() <= MANY_MAKES) {
      makes.add(peerIdHigh >>> 40);
    }
    boolean many = makes.size() >= MAKES && makes.size() <= MANY_MAKES;
    if (ports.size() < PORTS || now - since < SECONDS || !this.forwarded && !many) {
      return false;
    }
    log.warn(
        "EVERY peer so far is at {}: is there a reverse proxy before this tracker? Peers are now sent"
            + " to the proxy and will not find each other. Set http.trusted-proxies and"
            + " http.forwarded-header (see: muster config).",
        only);
    settle();
    return true;
  }

  private void settle() {
    settled = true;
    ports.clear();
    makes.clear();
  }
}
