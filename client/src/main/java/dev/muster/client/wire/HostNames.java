package dev.muster.client.wire;

import dev.muster.client.wire.TrackerFailure.Kind;
import dev.muster.protocol.id.Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The addresses of names, as the system knows them. The system's lookup cannot be interrupted and
 * may take half a minute, so it has a few threads of its own; whoever waits gives up when he has
 * to. Many who ask for one name at once ask once.
 */
final class HostNames implements AutoCloseable {
  /** How the system is asked. */
  @FunctionalInterface
  interface Lookup {
    InetAddress[] lookup(String name) throws UnknownHostException;
  }

  /** More than a name of a tracker has; a name with thousands shall not lead us on a tour. */
  private static final int MOST = 8;

  private static final int THREADS = 8;
  private static final int WAITING = 1000;

  private final Lookup lookup;
  private final Map<String, CompletableFuture<List<InetAddress>>> asked = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor threads;

  HostNames(Lookup lookup) {
    this.lookup = lookup;
    BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>(WAITING);
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            queue,
            Thread.ofPlatform().daemon().name("muster-names-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * The addresses of this host, in the system's order, each once, eight at most of each family.
   *
   * @throws TrackerFailure if it has none, or they could not be found in time
   */
  List<InetAddress> of(String host, Deadline deadline) throws TrackerFailure, InterruptedException {
    if (host.indexOf(':') >= 0 || host.matches("[0-9.]+")) {
      return Address.parse(host)
          .map(address -> List.of(address.toInetAddress()))
          .orElseThrow(() -> new TrackerFailure(Kind.UNREACHABLE, "no address: " + host));
    }
    CompletableFuture<List<InetAddress>> found = asked.computeIfAbsent(host, this::start);
    try {
      return found.get(Math.max(0, deadline.nanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new TrackerFailure(Kind.TIMED_OUT, "the address of " + host + " was not found in time");
    } catch (ExecutionException e) {
      asked.remove(host, found);
      throw new TrackerFailure(Kind.UNREACHABLE, "no address of " + host + " is known");
    }
  }

  private CompletableFuture<List<InetAddress>> start(String host) {
    CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
    try {
      threads.execute(() -> {
        try {
          found.complete(bounded(lookup.lookup(host)));
        } catch (UnknownHostException | RuntimeException e) {
          found.completeExceptionally(e);
        } finally {
          asked.remove(host); // the system and the JDK remember it as long as is right
        }
      });
    } catch (RejectedExecutionException e) {
      found.completeExceptionally(e);
    }
    return found;
  }

  private static List<InetAddress> bounded(InetAddress[] addresses) {
    Set<InetAddress> each = new LinkedHashSet<>(List.of(addresses));
    List<InetAddress> some = new ArrayList<>();
    int[] count = new int[2];
    for (InetAddress address : each) {
      if (count[address.getAddress().length == 4 ? 0 : 1]++ < MOST) {
        some.add(address);
      }
    }
    return some;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
