package dev.muster.server.announce;

import dev.muster.protocol.id.Address;
import dev.muster.swarm.PeerSink;
import org.jspecify.annotations.Nullable;

/**
 * An announce's reply while it is made: the service says what may go in, the store writes it, the
 * door sends it.
 *
 * <p>A door extends this with the buffer it writes to, and keeps one for each of its threads. Not
 * thread-safe.
 */
public abstract class AnnounceReply implements PeerSink {
  private final boolean ipv4;
  private final boolean ipv6;
  private int wanted;
  private boolean privateCaller;
  private int interval;
  private int minInterval;
  private Address.@Nullable Ipv4 externalIpv4;
  private Address.@Nullable Ipv6 externalIpv6;

  /**
   * @param ipv4 whether this reply has a place for IPv4 peers
   * @param ipv6 whether it has one for IPv6 peers
   */
  protected AnnounceReply(boolean ipv4, boolean ipv6) {
    this.ipv4 = ipv4;
    this.ipv6 = ipv6;
  }

  /**
   * The most peers this reply has room for, of both families together, whatever the policy would
   * allow.
   */
  protected abstract int room();

  /** Writes a peer; called at most {@link #wanted()} times for both families together. */
  protected abstract void writeIpv4(int address, int port);

  /**
   * Writes peers that lie side by side, as {@link PeerSink#ipv4(long[], int, int)} has them; with
   * the others no more than {@link #wanted()}.
   */
  protected void writeIpv4(long[] peers, int from, int count) {
    for (int i = from; i < from + count; i++) {
      writeIpv4((int) (peers[i] >>> 32), (int) (peers[i] >>> 16) & 0xffff);
    }
  }

  /** Writes a peer; called at most {@link #wanted()} times for both families together. */
  protected abstract void writeIpv6(long high, long low, int port);

  /** Writes a peer with what is known of it; only if {@link #wantsContacts()}. */
  protected void writeIpv4(int address, int port, int age, int metadata) {
    throw new UnsupportedOperationException("no contact was wanted");
  }

  /** The same at an IPv6 address. */
  protected void writeIpv6(long high, long low, int port, int age, int metadata) {
    throw new UnsupportedOperationException("no contact was wanted");
  }

  /** Seconds after which the peer is asked to announce again; set when the service returns. */
  public final int interval() {
    return interval;
  }

  /** Seconds the peer has to leave between announces; set when the service returns. */
  public final int minInterval() {
    return minInterval;
  }

  final void admit(int numwant, boolean privateCaller, AnnouncePolicy policy) {
    this.wanted = Math.min(numwant, room());
    this.privateCaller = privateCaller;
    this.externalIpv4 = policy.externalIpv4();
    this.externalIpv6 = policy.externalIpv6();
  }

  final void schedule(int interval, int minInterval) {
    this.interval = interval;
    this.minInterval = minInterval;
  }

  @Override
  public final int wanted() {
    return wanted;
  }

  @Override
  public final boolean takesIpv4() {
    return ipv4;
  }

  @Override
  public final boolean takesIpv6() {
    return ipv6;
  }

  @Override
  public final boolean takesPrivate() {
    return privateCaller || externalIpv4 != null || externalIpv6 != null;
  }

  @Override
  public final void ipv4(int address, int port) {
    if (!isInside(address)) {
      writeIpv4(address, port);
    } else if (externalIpv4 != null) {
      writeIpv4(externalIpv4.bits(), port);
    }
  }

  @Override
  public final void ipv4(int address, int port, int age, int metadata) {
    if (!isInside(address)) {
      writeIpv4(address, port, age, metadata);
    } else if (externalIpv4 != null) {
      writeIpv4(externalIpv4.bits(), port, age, metadata);
    }
  }

  /** Whether the caller, who is outside, cannot use this address. */
  private boolean isInside(int address) {
    return !privateCaller && Address.Ipv4.isPrivate(address);
  }

  @Override
  public final void ipv4(long[] peers, int from, int count) {
    if (privateCaller || !takesPrivate()) {
      writeIpv4(peers, from, count); // none of them needs another address
    } else {
      PeerSink.super.ipv4(peers, from, count);
    }
  }

  @Override
  public final void ipv6(long high, long low, int port) {
    if (!isInside(high, low)) {
      writeIpv6(high, low, port);
    } else if (externalIpv6 != null) {
      writeIpv6(externalIpv6.high(), externalIpv6.low(), port);
    }
  }

  @Override
  public final void ipv6(long high, long low, int port, int age, int metadata) {
    if (!isInside(high, low)) {
      writeIpv6(high, low, port, age, metadata);
    } else if (externalIpv6 != null) {
      writeIpv6(externalIpv6.high(), externalIpv6.low(), port, age, metadata);
    }
  }

  private boolean isInside(long high, long low) {
    return !privateCaller && Address.Ipv6.isPrivate(high, low);
  }
}
