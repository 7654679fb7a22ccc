package dev.muster.swarm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A sink that writes down what it is told. Takes everything unless told otherwise. */
final class TestSink implements PeerSink {
  int wanted = 50;
  int wantedSessions;
  boolean takesIpv4 = true;
  boolean takesIpv6 = true;
  boolean takesPrivate;
  boolean wantsContacts;

  int seeders = -1;
  int leechers = -1;
  int downloaded = -1;
  final List<String> told = new ArrayList<>();

  /** Of the address peers told, if {@link #wantsContacts}. */
  final Map<String, Contact> contacts = new HashMap<>();

  record Contact(int age, int metadata) {}

  /** What was told of this peer, who must have been told. */
  Contact contact(TestPeer peer) {
    return Objects.requireNonNull(contacts.get(peer.endpoint()), peer::endpoint);
  }

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

  static TestSink wantingContacts(int wanted) {
    TestSink sink = wanting(wanted);
    sink.wantsContacts = true;
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
  public boolean wantsContacts() {
    return wantsContacts;
  }

  @Override
  public void ipv4(int address, int port) {
    tellPlain("4:" + address + ":" + port);
  }

  @Override
  public void ipv6(long high, long low, int port) {
    tellPlain("6:" + high + ":" + low + ":" + port);
  }

  private void tellPlain(String endpoint) {
    if (wantsContacts) {
      throw new AssertionError("told without what is known of it: " + endpoint);
    }
    told.add(endpoint);
  }

  @Override
  public void ipv4(int address, int port, int age, int metadata) {
    tellContact("4:" + address + ":" + port, age, metadata);
  }

  @Override
  public void ipv6(long high, long low, int port, int age, int metadata) {
    tellContact("6:" + high + ":" + low + ":" + port, age, metadata);
  }

  private void tellContact(String endpoint, int age, int metadata) {
    if (!wantsContacts) {
      throw new AssertionError("told more than was wanted: " + endpoint);
    }
    told.add(endpoint);
    contacts.put(endpoint, new Contact(age, metadata));
  }

  @Override
  public void session(long session, long peerIdHigh, long peerIdMiddle, int peerIdLow) {
    told.add("s:" + session + ":" + peerIdHigh);
    if (peerIdMiddle != peerIdHigh * 31 || peerIdLow != (int) peerIdHigh * 7) {
      throw new AssertionError("a peer id was not kept whole");
    }
  }
}
