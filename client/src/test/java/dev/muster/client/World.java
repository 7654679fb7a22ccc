package dev.muster.client;

import dev.muster.client.wire.AnnounceAsk;
import dev.muster.client.wire.ScrapeCounts;
import dev.muster.client.wire.TrackerAnswer;
import dev.muster.client.wire.TrackerFailure;
import dev.muster.client.wire.TrackerTransport;
import dev.muster.protocol.announce.AnnounceEvent;
import dev.muster.protocol.id.Endpoint;
import dev.muster.protocol.id.InfoHash;
import dev.muster.protocol.metainfo.Link;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Trackers that do as they are told, and time that goes on only when it is told to. */
final class World implements TrackerTransport, Time, Exchanges {
  static final Endpoint ALICE = Endpoint.parse("192.0.2.1:6881").orElseThrow();
  static final Endpoint BOB = Endpoint.parse("192.0.2.2:6881").orElseThrow();
  static final URI ONE = URI.create("udp://one.example:80");
  static final URI TWO = URI.create("udp://two.example:80");
  static final URI THREE = URI.create("http://three.example/announce");
  static final Self SELF = Self.listeningAt(7000, () -> Progress.left(5));

  /** How a tracker behaves. */
  interface Behaviour {
    TrackerAnswer answer(AnnounceAsk ask) throws TrackerFailure;
  }

  /** An announce that reached a tracker. */
  record Said(Duration at, URI tracker, AnnounceAsk ask) {
    AnnounceEvent event() {
      return ask.event();
    }
  }

  final Random random = new Random(4);
  final Timers timers = new Timers();
  final List<Said> said = new ArrayList<>();
  final List<Peer> found = new ArrayList<>();
  final List<TrackerEvent> events = new ArrayList<>();
  final Map<URI, Behaviour> behaviours = new HashMap<>();
  final Map<URI, Duration> latencies = new HashMap<>();
  private final Map<URI, Health> healths = new LinkedHashMap<>();
  private Duration elapsed = Duration.ZERO;
  TrackerClient.Builder builder = TrackerClient.builder();

  World() {
    for (URI tracker : List.of(ONE, TWO, THREE)) {
      behaviours.put(tracker, ask -> answer());
    }
  }

  /** An answer with these peers, to come back in half an hour. */
  static TrackerAnswer answer(Endpoint... peers) {
    return answer(Duration.ofMinutes(30), Optional.empty(), peers);
  }

  static TrackerAnswer answer(Duration interval, Optional<Duration> least, Endpoint... peers) {
    return new TrackerAnswer(
        List.of(peers),
        interval,
        least,
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Duration.ofMillis(20));
  }

  static Behaviour fails(TrackerFailure.Kind kind) {
    return ask -> {
      throw new TrackerFailure(kind, "as told");
    };
  }

  static Behaviour fails(TrackerFailure.Kind kind, @Nullable Duration retryAfter) {
    return ask -> {
      throw new TrackerFailure(kind, "as told", retryAfter, false);
    };
  }

  Membership join(Link link) {
    Engine engine =
        new Engine(
            this,
            timers,
            random,
            this,
            Runnable::run,
            events::add,
            tracker -> healths.computeIfAbsent(tracker, Health::new),
            Set::of,
            builder.settings());
    Membership membership = new Membership(link, SELF, found::addAll, engine, closed -> {});
    membership.start();
    return membership;
  }

  Health health(URI tracker) {
    return healths.computeIfAbsent(tracker, Health::new);
  }

  /** Lets time pass, and all happen that is due meanwhile. */
  void pass(Duration time) {
    Duration end = elapsed.plus(time);
    while (true) {
      while (timers.runOne(elapsed.toNanos())) {
        // what is due may make more due
      }
      long left = end.minus(elapsed).toNanos();
      if (left <= 0) {
        return;
      }
      elapsed = elapsed.plusNanos(timers.untilNext(elapsed.toNanos(), left));
    }
  }

  List<Said> saidTo(URI tracker) {
    return said.stream().filter(each -> each.tracker().equals(tracker)).toList();
  }

  Duration sinceStart() {
    return elapsed;
  }

  @Override
  public long elapsed() {
    return elapsed.toNanos();
  }

  @Override
  public Instant now() {
    return Instant.parse("2026-01-01T00:00:00Z").plus(elapsed);
  }

  /** Asks at once; the answer comes when the tracker's latency is over. */
  @Override
  public <T> Exchange submit(URI tracker, Question<T> question, Consumer<Outcome<T>> then) {
    Outcome<T> outcome = outcome(question);
    Duration latency = latencies.getOrDefault(tracker, Duration.ofMillis(20));
    Timers.Timer timer =
        timers.schedule(elapsed.plus(latency).toNanos(), () -> then.accept(outcome));
    return timer::cancel;
  }

  private <T> Outcome<T> outcome(Question<T> question) {
    try {
      return new Outcome.Answered<>(question.ask(this));
    } catch (TrackerFailure failure) {
      return ThreadedExchanges.failed(failure);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public TrackerAnswer announce(URI tracker, AnnounceAsk ask, Duration limit)
      throws TrackerFailure {
    said.add(new Said(elapsed, tracker, ask));
    return behaviours.getOrDefault(tracker, fails(TrackerFailure.Kind.UNREACHABLE)).answer(ask);
  }

  @Override
  public Map<InfoHash, ScrapeCounts> scrape(URI tracker, List<InfoHash> swarms, Duration limit) {
    return Map.of();
  }

  @Override
  public void close() {}
}
