package dev.muster.swarm;

import java.util.ArrayList;
import java.util.List;

/** A sink that writes down what it is told. Takes everything unless told otherwise. */
final class TestSink implements PeerSink {
  int wanted = 50;
  int wantedSessions;
  boolean takesIpv4 = true;
  boolean takesIpv6 = true;
  boolean takesPrivate;

  int seeders = -1;
  int leechers = -1;
  int downloaded = -1;
  final List<String> told = new ArrayList<>();

  static TestSink wanting(int wanted) {
    TestSink sink = new TestSink();
    sink.wanted = wanted;
    return sink;
  }

  static TestSink wantingSessions(int wanted) {
    TestSink sink = new TestSink();
    sink.wanted = 0;
    sink.wantedSessions = wanted;
    return sink;
  }

  TestSink takingPrivate() {
    takesPrivate = true;
    return this;
  }

  TestSink onlyIpv4() {
    takesIpv6 = false;
    return this;
  }

  TestSink onlyIpv6() {
    takesIpv4 = false;
    return this;
  }

  @Override
  public int wanted() {
    return wanted;
  }

  @Override
  public boolean takesIpv4() {
    return takesIpv4;
  }

  @Override
  public boolean takesIpv6() {
    return takesIpv6;
  }

  @Override
  public boolean takesPrivate() {
    return takesPrivate;
  }

  @Override
  public int wantedSessions() {
    return wantedSessions;
  }

  @Override
  public void counts(int seeders, int leechers, int downloaded) {
    if (this.seeders >= 0) {
      throw new AssertionError("counts told twice");
    }
    this.seeders = seeders;
    this.leechers = leechers;
    this.downloaded = downloaded;
  }

  @Override
  public void ipv4(int address, int port) {
    told.add("4:" + address + ":" + port);
  }

  @Override
  public void ipv6(long high, long low, int port) {
    told.add("6:" + high + ":" + low + ":" + port);
  }

  @Override
  public void session(long session, long peerIdHigh, long peerIdMiddle, int peerIdLow) {
    told.add("s:" + session + ":" + peerIdHigh);
    if (peerIdMiddle != peerIdHigh * 31 || peerIdLow != (int) peerIdHigh * 7) {
      throw new AssertionError("a peer id was not kept whole");
    }
  }
}
