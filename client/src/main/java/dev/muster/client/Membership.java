package dev.muster.client;

import dev.muster.client.wire.AnnounceAsk;
import dev.muster.client.wire.TrackerAnswer;
import dev.muster.protocol.announce.AnnounceEvent;
import dev.muster.protocol.id.Address;
import dev.muster.protocol.id.Endpoint;
import dev.muster.protocol.id.InfoHash;
import dev.muster.protocol.metainfo.Link;
import dev.muster.protocol.metainfo.PeerAddress;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The swarm of a link as its member sees it. One lock guards all that changes; application code,
 * name lookups and exchanges run outside of it.
 */
final class Membership implements Swarm, Announcements.Owner {
  private static final System.Logger LOG = System.getLogger(Membership.class.getName());

  /** The trackers' start over old acquaintances: those are asked only if nobody else is known. */
  private static final Duration CACHE_AFTER = Duration.ofSeconds(2);

  /** Addresses that trackers may say are ours; more than anybody has. */
  private static final int MOST_OWN_ADDRESSES = 8;

  private final ReentrantLock lock = new ReentrantLock();
  private final Link link;
  private final Self self;
  private final Engine engine;
  private final int key;
  private final Consumer<Membership> whenClosed;
  private final PeerBook book;
  private final Delivery delivery;
  private final List<Announcements> announcements = new ArrayList<>();
  private final Set<Address> seenAs = new HashSet<>();
  private volatile Progress progress = Progress.unknown();
  private Timers.@Nullable Timer cacheTimer;
  private boolean isCompleted;
  private boolean isClosed;
  private List<Exchanges.Exchange> farewells = List.of();
  private volatile @Nullable CountDownLatch farewell;

  Membership(
      Link link,
      Self self,
      Consumer<List<Peer>> peers,
      Engine engine,
      Consumer<Membership> whenClosed) {
    this.link = link;
    this.self = self;
    this.engine = engine;
    this.key = engine.random().nextInt();
    this.whenClosed = whenClosed;
    Settings settings = engine.settings();
    book = new PeerBook(this::isSelf, settings.acceptedAge(), settings.unreachableFor());
    delivery = new Delivery(engine.application(), peers);
    Strategy strategy = link.isPrivate() ? Strategy.tiers() : settings.strategy();
    Roster roster = Roster.of(link, settings.builtIn(), engine.random());
    for (InfoHash swarm : link.swarms()) {
      List<Announcer> announcers = new ArrayList<>();
      for (int tier = 0; tier < roster.tiers().size(); tier++) {
        for (URI tracker : roster.tiers().get(tier)) {
          announcers.add(new Announcer(tracker, tier, engine.health().apply(tracker)));
        }
      }
      announcements.add(
          new Announcements(swarm, strategy, link.isPrivate(), announcers, engine, this));
    }
  }

  void start() {
    whileJoined(() -> {
      announcements.forEach(Announcements::start);
      if (!link.isPrivate()) {
        long at = engine.time().elapsed() + CACHE_AFTER.toNanos();
        cacheTimer = engine.timers().schedule(at, () -> whileJoined(this::askTheCache));
      }
    });
    if (!link.isPrivate() && !link.peers().isEmpty()) {
      engine.application().execute(this::takePeersOfTheLink);
    }
  }

  @Override
  public Link link() {
    return link;
  }

  @Override
  public List<Peer> peers() {
    lock.lock();
    try {
      return book.fresh(engine.time().now());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void completed() {
    whileJoined(() -> {
      if (!isCompleted) {
        isCompleted = true;
        announcements.forEach(Announcements::completed);
      }
    });
  }

  @Override
  public void wantMorePeers() {
    hurry(0);
  }

  /** Asks again as soon as each tracker allows, but not before this has passed. */
  void hurry(long nanos) {
    whileJoined(() -> {
      long from = engine.time().elapsed() + nanos;
      announcements.forEach(each -> each.hurry(from));
    });
  }

  @Override
  public void unreachable(Peer peer) {
    whileJoined(() ->
        book.unreachable(peer.endpoint(), engine.time().now())
            .ifPresent(known -> healthOf(known.trackers()).forEach(Health::refuted)));
  }

  @Override
  public void reached(Peer peer) {
    Instant now = engine.time().now();
    whileJoined(() ->
        book.reached(peer.endpoint())
            .ifPresent(known -> healthOf(known.trackers()).forEach(Health::vouched)));
    if (!link.isPrivate()) {
      PeerCache.Reached reached = new PeerCache.Reached(peer.endpoint(), now);
      link.swarms().forEach(swarm -> engine.settings().cache().reached(swarm, reached));
    }
  }

  private List<Health> healthOf(Set<URI> trackers) {
    return trackers.stream().map(engine.health()).toList();
  }

  @Override
  public List<TrackerStatus> trackers() {
    lock.lock();
    try {
      return announcements.get(0).announcers().stream()
          .map(announcer -> announcer.health.status())
          .sorted(Comparator.comparingDouble(TrackerStatus::score).reversed())
          .toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public AnnounceAsk ask(InfoHash swarm, AnnounceEvent event, @Nullable String trackerId) {
    try {
      progress = self.progress().get();
    } catch (RuntimeException fault) {
      LOG.log(Level.WARNING, "the application failed to tell its progress", fault);
    }
    Progress said = progress;
    return new AnnounceAsk(
        swarm,
        self.peerId(),
        self.port(),
        said.uploaded(),
        said.downloaded(),
        said.left(),
        event,
        event == AnnounceEvent.STOPPED ? 0 : engine.settings().numwant(),
        key,
        trackerId);
  }

  @Override
  public void whileJoined(Runnable step) {
    lock.lock();
    try {
      if (!isClosed) {
        step.run();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int answered(Announcer announcer, TrackerAnswer answer) {
    if (seenAs.size() < MOST_OWN_ADDRESSES) {
      answer.externalAddress().map(Address::of).ifPresent(seenAs::add);
    }
    PeerBook.News news = book.named(announcer.tracker, answer.peers(), engine.time().now());
    if (news.alsoNamed() > 0) {
      announcer.health.vouched();
      healthOf(news.alsoNamedBy()).forEach(Health::vouched);
    }
    delivery.give(news.added());
    return news.added().size();
  }

  @Override
  public void switched(InfoHash swarm, URI from, URI to) {
    book.clear();
    delivery.forget();
    engine.events().accept(new TrackerEvent.Switched(engine.time().now(), swarm, from, to));
  }

  private boolean isSelf(Endpoint endpoint) {
    if (endpoint.port() != self.port()) {
      return false;
    }
    Address address = endpoint.address();
    return seenAs.contains(address)
        || address.toInetAddress().isLoopbackAddress()
        || engine.addresses().get().contains(address);
  }

  private void askTheCache() {
    if (!book.isEmpty()) {
      return;
    }
    Instant now = engine.time().now();
    for (InfoHash swarm : link.swarms()) {
      List<Peer> old =
          engine.settings().cache().peers(swarm).stream()
              .filter(each -> each.when().isAfter(now.minus(PeerCache.GOOD_FOR)))
              .map(each -> new Peer(each.endpoint(), each.when(), Set.of(), Peer.Origin.CACHE))
              .toList();
      delivery.give(book.add(old, now));
    }
  }

  /** Looks names up, so it takes its time. */
  private void takePeersOfTheLink() {
    List<Peer> peers = new ArrayList<>();
    for (PeerAddress each : link.peers().stream().limit(Roster.MOST).toList()) {
      try {
        for (InetAddress address : InetAddress.getAllByName(each.host())) {
          Endpoint endpoint = new Endpoint(Address.of(address), each.port());
          peers.add(new Peer(endpoint, Instant.EPOCH, Set.of(), Peer.Origin.LINK));
        }
      } catch (UnknownHostException nobody) {
        LOG.log(Level.DEBUG, "a link''s peer has no address: {0}", each.host());
      }
    }
    whileJoined(() -> delivery.give(book.add(peers, engine.time().now())));
  }

  @Override
  public void close() {
    Duration within = engine.settings().closeWithin();
    beginToClose();
    endClosing(engine.time().elapsed() + within.toNanos());
  }

  /** Says farewell everywhere, and does not wait. */
  void beginToClose() {
    List<Runnable> sayings = new ArrayList<>();
    lock.lock();
    try {
      if (isClosed) {
        return;
      }
      isClosed = true;
      delivery.end();
      if (cacheTimer != null) {
        cacheTimer.cancel();
      }
      List<Exchanges.Exchange> said = new ArrayList<>();
      for (Announcements each : announcements) {
        for (Announcer announcer : each.stop()) {
          sayings.add(() -> said.add(each.farewell(announcer, outcome -> told())));
        }
      }
      farewell = new CountDownLatch(sayings.size());
      sayings.forEach(Runnable::run);
      farewells = said;
    } finally {
      lock.unlock();
    }
    whenClosed.accept(this);
  }

  private void told() {
    CountDownLatch latch = farewell;
    if (latch != null) {
      latch.countDown();
    }
  }

  /**
   * Waits until the farewells are said.
   *
   * @param until elapsed time; what is not said then stays unsaid
   */
  void endClosing(long until) {
    CountDownLatch latch;
    List<Exchanges.Exchange> said;
    lock.lock();
    try {
      latch = farewell;
      said = farewells;
      farewells = List.of();
    } finally {
      lock.unlock();
    }
    if (latch == null) {
      return;
    }
    try {
      if (!latch.await(until - engine.time().elapsed(), TimeUnit.NANOSECONDS)) {
        LOG.log(Level.DEBUG, "left without a word: {0} trackers", latch.getCount());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      said.forEach(Exchanges.Exchange::cancel);
    }
  }
}
