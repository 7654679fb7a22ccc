package dev.muster.checks.benchmark;

import dev.muster.swarm.PeerSink;

/** Takes fifty peers and folds them into a number, so that none of the work can be left out. */
public final class CountingSink implements PeerSink {
  private static final int WANTED = 50;

  private long folded;

  /** What was told, folded. */
  public long folded() {
    return folded;
  }

  @Override
  public int wanted() {
    return WANTED;
  }

  @Override
  public boolean takesIpv4() {
    return true;
  }

  @Override
  public boolean takesIpv6() {
    return false;
  }

  @Override
  public boolean takesPrivate() {
    return true;
  }

  @Override
  public void counts(int seeders, int leechers, int downloaded) {
    folded += seeders + leechers;
  }

  @Override
  public void ipv4(int address, int port) {
    folded = 31 * folded + address + port;
  }

  @Override
  public void ipv6(long high, long low, int port) {
    folded = 31 * folded + high + low + port;
  }
}
