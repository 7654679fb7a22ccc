package dev.muster.client;

import dev.muster.client.wire.NetworkTransport;
import dev.muster.client.wire.ScrapeCounts;
import dev.muster.client.wire.TrackerTransport;
import dev.muster.client.wire.WireSettings;
import dev.muster.protocol.id.InfoHash;
import dev.muster.protocol.metainfo.Link;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Announces an application to the trackers of its links, and finds peers. One instance serves an
 * application and all its links, thousands if need be. Thread-safe.
 *
 * <p>See the {@linkplain dev.muster.client package's tour}.
 */
public final class TrackerClient implements AutoCloseable {
  /** What HTTP trackers are told asks them. */
  private static final String USER_AGENT = "Muster";

  /** How long a scrape may take with one tracker. */
  private static final Duration SCRAPE_LIMIT = Duration.ofSeconds(15);

  /** Events that wait for a slow listener; beyond, they are lost to it. */
  private static final int MOST_EVENTS = 1024;

  /** Trackers whose health is remembered; each costs some 100 bytes. */
  private static final int MOST_TRACKERS = 10_000;

  /** What a woken application's links have to themselves: not all ask in the same moment. */
  private static final Duration SPREAD_PER_LINK = Duration.ofMillis(5);

  private static final Duration LONGEST_SPREAD = Duration.ofSeconds(30);

  private final TrackerTransport transport;
  private final Engine engine;
  private final Pacemaker pacemaker;
  private final ExecutorService application = Executors.newVirtualThreadPerTaskExecutor();
  private final SubmissionPublisher<TrackerEvent> events =
      new SubmissionPublisher<>(application, MOST_EVENTS);
  private final AtomicLong lost = new AtomicLong();
  private final ConcurrentMap<URI, Health> healths = new ConcurrentHashMap<>();
  private final Set<Membership> memberships = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean isClosed = new AtomicBoolean();

  TrackerClient(
      Settings settings,
      TrackerTransport transport,
      SleepAwareTime time,
      RandomGenerator random,
      OwnAddresses addresses) {
    this.transport = transport;
    int each = Math.max(1, settings.exchangesAtOnce() / 4);
    Timers timers = new Timers();
    engine =
        new Engine(
            time,
            timers,
            random,
            new ThreadedExchanges(transport, settings.exchangesAtOnce(), each),
            application,
            event -> lost.addAndGet(events.offer(event, null) < 0 ? 1 : 0),
            this::healthOf,
            addresses,
            settings);
    pacemaker = new Pacemaker(timers, time, addresses, this::resume);
    pacemaker.start();
  }

  /** A client with the defaults of {@link Builder}. */
  public static TrackerClient create() {
    return builder().build();
  }

  /** Where a client's settings are chosen. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Joins the swarm of a link: announces the application to the link's trackers at once, then
   * regularly, and hands it the peers that they name.
   *
   * @param link a magnet link, a torrent file, or another kind
   * @param self who the application is
   * @param peers takes peers that are new, each once unless it was lost meanwhile; one call after
   *     the other, on a virtual thread, which may block
   * @return the membership, to be closed in the end; {@link #close} closes it too
   * @throws IllegalStateException if the client is closed
   * @throws IllegalArgumentException if the link has no swarm
   */
  public Swarm join(Link link, Self self, Consumer<List<Peer>> peers) {
    if (link.swarms().isEmpty()) {
      throw new IllegalArgumentException("a link has one swarm at least, swarms=[]");
    }
    Membership membership = new Membership(link, self, peers, engine, memberships::remove);
    memberships.add(membership);
    if (isClosed.get()) {
      memberships.remove(membership);
      throw new IllegalStateException("the client is closed");
    }
    membership.start();
    return membership;
  }

  /**
   * Asks trackers how large swarms are (BEP 15, 48), all at once, without joining. Blocks until all
   * have answered or failed, 15 s at most for each; an interrupt ends it.
   *
   * @param swarms as many as wanted
   * @param trackers whom to ask
   * @return what they said; a swarm that nobody knows is absent
   * @throws InterruptedException if the thread was interrupted; the exchanges are given up
   */
  public Map<InfoHash, SwarmCounts> scrape(Collection<InfoHash> swarms, Collection<URI> trackers)
      throws InterruptedException {
    List<InfoHash> asked = List.copyOf(swarms);
    Set<URI> whom = Set.copyOf(trackers);
    ConcurrentMap<InfoHash, SwarmCounts> found = new ConcurrentHashMap<>();
    CountDownLatch done = new CountDownLatch(whom.size());
    List<Exchanges.Exchange> exchanges =
        whom.stream()
            .map(tracker ->
                engine
                    .exchanges()
                    .submit(
                        tracker,
                        wire -> wire.scrape(tracker, asked, SCRAPE_LIMIT),
                        outcome -> {
                          if (outcome
                              instanceof Outcome.Answered<Map<InfoHash, ScrapeCounts>> answered) {
                            merge(tracker, answered.answer(), found);
                          }
                          done.countDown();
                        }))
            .toList();
    try {
      done.await();
    } finally {
      exchanges.forEach(Exchanges.Exchange::cancel);
    }
    return Map.copyOf(found);
  }

  private static void merge(
      URI tracker, Map<InfoHash, ScrapeCounts> said, Map<InfoHash, SwarmCounts> found) {
    said.forEach((swarm, counts) ->
        found.merge(
            swarm,
            new SwarmCounts(
                counts.seeders(), counts.leechers(), counts.downloaded(), Set.of(tracker)),
            SwarmCounts::and));
  }

  /**
   * Tells that this machine's network is another now: all trackers are asked again, each as soon as
   * it allows. The client sees changes of the machine's own addresses by itself, within some ten
   * seconds; only the application can know of others.
   */
  public void networkChanged() {
    resume(TrackerEvent.Cause.NETWORK_CHANGED);
  }

  private void resume(TrackerEvent.Cause cause) {
    engine.events().accept(new TrackerEvent.Resumed(engine.time().now(), cause));
    long window =
        Math.min(LONGEST_SPREAD.toNanos(), (memberships.size() - 1L) * SPREAD_PER_LINK.toNanos());
    for (Membership membership : memberships) {
      membership.hurry(window > 0 ? engine.random().nextLong(window) : 0);
    }
  }

  /**
   * What happens, as it happens. Each subscriber has a buffer of 1,024 events; one that is slower
   * than that loses events, never the client its time ({@link #eventsLost}).
   */
  public Flow.Publisher<TrackerEvent> events() {
    return events;
  }

  /** How many events subscribers were too slow for. */
  public long eventsLost() {
    return lost.get();
  }

  /** What the client thinks of all trackers it was asked to use, best first. */
  public List<TrackerStatus> trackers() {
    return healths.values().stream()
        .map(Health::status)
        .sorted(Comparator.comparingDouble(TrackerStatus::score).reversed())
        .toList();
  }

  private Health healthOf(URI tracker) {
    Health known = healths.get(tracker);
    if (known != null) {
      return known;
    }
    if (healths.size() >= MOST_TRACKERS) {
      return new Health(tracker);
    }
    return healths.computeIfAbsent(tracker, Health::new);
  }

  /**
   * Leaves all swarms at once, within the same bound as {@link Swarm#close} leaves one, and ends
   * all threads. Closing twice does nothing.
   */
  @Override
  public void close() {
    if (isClosed.getAndSet(true)) {
      return;
    }
    pacemaker.stop();
    long until = engine.time().elapsed() + engine.settings().closeWithin().toNanos();
    List<Membership> leaving = List.copyOf(memberships);
    leaving.forEach(Membership::beginToClose);
    leaving.forEach(membership -> membership.endClosing(until));
    transport.close();
    engine.settings().cache().save();
    events.close();
    application.shutdown();
    waitForTheApplication();
  }

  /** So that what it was given before is not given after; but not for one that never returns. */
  private void waitForTheApplication() {
    try {
      if (!application.awaitTermination(100, TimeUnit.MILLISECONDS)) {
        application.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The settings of a client, each with its default. Not thread-safe; builds any number. */
  public static final class Builder {
    private List<URI> builtIn = List.of();
    private PeerCache cache = PeerCache.inMemory();
    private Duration acceptedAge = Duration.ofHours(2);
    private Duration unreachableFor = Duration.ofMinutes(30);
    private Strategy strategy = Strategy.all();
    private int numwant = 80;
    private Duration closeWithin = Duration.ofSeconds(2);
    private int exchangesAtOnce = 512;

    private Builder() {}

    /**
     * The application's own trackers, for links with fewer than three; never used for private ones
     * (BEP 27). None by default.
     */
    public Builder builtInTrackers(Collection<URI> trackers) {
      builtIn = List.copyOf(trackers);
      return this;
    }

    /** Where peers that were reached are kept; {@link PeerCache#inMemory} by default. */
    public Builder cache(PeerCache cache) {
      this.cache = cache;
      return this;
    }

    /**
     * How long ago a tracker may have named a peer last; older ones are forgotten. 2 hours by
     * default.
     *
     * @throws IllegalArgumentException if negative
     */
    public Builder acceptedAge(Duration age) {
      acceptedAge = notNegative(age);
      return this;
    }

    /**
     * How long a peer that was reported unreachable is not given again. 30 minutes by default.
     *
     * @throws IllegalArgumentException if negative
     */
    public Builder unreachableFor(Duration time) {
      unreachableFor = notNegative(time);
      return this;
    }

    /** How many of a link's trackers are asked; {@link Strategy#all} by default. */
    public Builder strategy(Strategy strategy) {
      this.strategy = strategy;
      return this;
    }

    /**
     * How many peers a tracker is asked for. 80 by default; trackers often give fewer.
     *
     * @param peers 0 to 2,000
     * @throws IllegalArgumentException if another
     */
    public Builder numwant(int peers) {
      if (peers < 0 || peers > PeerBook.MOST) {
        throw new IllegalArgumentException("0 to 2000 peers may be wanted, peers=" + peers);
      }
      numwant = peers;
      return this;
    }

    /**
     * How long closing may take. 2 seconds by default.
     *
     * @throws IllegalArgumentException if negative
     */
    public Builder closeWithin(Duration time) {
      closeWithin = notNegative(time);
      return this;
    }

    /**
     * How many exchanges with trackers are under way at once; the rest wait for their turn. A
     * quarter of them at most are with one tracker. 512 by default.
     *
     * @param exchanges 1 or more
     * @throws IllegalArgumentException if fewer
     */
    public Builder exchangesAtOnce(int exchanges) {
      if (exchanges < 1) {
        throw new IllegalArgumentException("at least one exchange, exchanges=" + exchanges);
      }
      exchangesAtOnce = exchanges;
      return this;
    }

    private static Duration notNegative(Duration time) {
      if (time.isNegative()) {
        throw new IllegalArgumentException("a time is not negative, time=" + time);
      }
      return time;
    }

    /** The client, which starts at once. */
    public TrackerClient build() {
      return build(NetworkTransport.open(new WireSettings(USER_AGENT, System::nanoTime, null)));
    }

    TrackerClient build(TrackerTransport transport) {
      SleepAwareTime time = new SleepAwareTime(System::nanoTime, InstantSource.system());
      return new TrackerClient(settings(), transport, time, new Random(), new OwnAddresses());
    }

    Settings settings() {
      return new Settings(
          builtIn,
          cache,
          acceptedAge,
          unreachableFor,
          strategy,
          numwant,
          closeWithin,
          exchangesAtOnce);
    }
  }
}
