package dev.muster.client;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Hands peers to the application, one call after the other, on a thread that may take its time:
 * what comes meanwhile is given with the next call.
 */
final class Delivery {
  private static final System.Logger LOG = System.getLogger(Delivery.class.getName());

  private final Executor executor;
  private final Consumer<List<Peer>> application;
  private List<Peer> waiting = new ArrayList<>();
  private boolean isRunning;
  private boolean hasEnded;

  Delivery(Executor executor, Consumer<List<Peer>> application) {
    this.executor = executor;
    this.application = application;
  }

  /** Gives these, in time. An application that never returns gets no more than a book full. */
  void give(List<Peer> peers) {
    synchronized (this) {
      if (hasEnded || peers.isEmpty()) {
        return;
      }
      waiting.addAll(peers);
      if (waiting.size() > PeerBook.MOST) {
        waiting.subList(0, waiting.size() - PeerBook.MOST).clear();
      }
      if (isRunning) {
        return;
      }
      isRunning = true;
    }
    executor.execute(this::run);
  }

  /** What waits is void, and nothing more is given but what is being given just now. */
  synchronized void end() {
    hasEnded = true;
    waiting.clear();
  }

  /** What waits is void. */
  synchronized void forget() {
    waiting.clear();
  }

  private void run() {
    for (List<Peer> peers = next(); !peers.isEmpty(); peers = next()) {
      try {
        application.accept(peers);
      } catch (RuntimeException fault) {
        LOG.log(Level.WARNING, "the application failed to take peers", fault);
      }
    }
  }

  private synchronized List<Peer> next() {
    List<Peer> peers = List.copyOf(waiting);
    waiting = new ArrayList<>();
    isRunning = !peers.isEmpty();
    return peers;
  }
}
