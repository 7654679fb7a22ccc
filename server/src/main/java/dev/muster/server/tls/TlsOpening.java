package dev.muster.server.tls;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * TLS on its way, on a thread of its own, in two steps. First certificate and key are read and
 * compared: {@link #check} waits for that, so that no door opens if they are no good. Then
 * BoringSSL is loaded, which takes some tenths of a second, and nobody has to wait for it who comes
 * to another door; {@link #await} does. Thread-safe.
 */
public final class TlsOpening implements AutoCloseable {
  private final CompletableFuture<Tls.Loaded> loaded = new CompletableFuture<>();
  private final CompletableFuture<Tls> opened = new CompletableFuture<>();

  private TlsOpening() {}

  /**
   * Begins.
   *
   * @param clock the time of day: a warning is given of a certificate that is not good now, or not
   *     for long
   */
  public static TlsOpening begin(TlsFiles files, InstantSource clock) {
    TlsOpening opening = new TlsOpening();
    Thread.ofPlatform().daemon().name("muster-tls-open").start(() -> opening.open(files, clock));
    return opening;
  }

  private void open(TlsFiles files, InstantSource clock) {
    try {
      Tls.Loaded first = Tls.Loaded.from(files);
      loaded.complete(first);
      opened.complete(Tls.of(first, clock));
    } catch (Throwable e) { // whoever waits is to be told, whatever it is
      loaded.completeExceptionally(e);
      opened.completeExceptionally(e);
    }
  }

  /**
   * Waits until certificate and key have been read.
   *
   * @throws TlsException if they are no good, or do not belong together
   */
  public void check() throws TlsException {
    outcome(loaded);
  }

  /**
   * What connections are encrypted with; waits for it.
   *
   * @throws TlsException if certificate or key cannot be used
   */
  public Tls await() throws TlsException {
    return outcome(opened);
  }

  private static <T> T outcome(CompletableFuture<T> future) throws TlsException {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof TlsException unusable) {
        throw unusable;
      }
      throw e;
    }
  }

  /** What {@link #await} gives, if it is there already. */
  public Optional<Tls> now() {
    return opened.isDone() && !opened.isCompletedExceptionally()
        ? Optional.of(opened.join())
        : Optional.empty();
  }

  /** Closes what was read, or what will be; call it when no connections are made any more. */
  @Override
  public void close() {
    opened.thenAccept(Tls::close);
  }
}
