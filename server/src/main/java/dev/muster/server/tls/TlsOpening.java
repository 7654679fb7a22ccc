package dev.muster.server.tls;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Certificate and key being read on a thread of its own: BoringSSL and the JDK's cryptography take
 * some tenths of a second to load, which nobody has to wait for who comes to another door.
 * Thread-safe.
 */
public final class TlsOpening implements AutoCloseable {
  private final CompletableFuture<Tls> opened = new CompletableFuture<>();

  private TlsOpening() {}

  /**
   * Begins.
   *
   * @param clock the time of day: a warning is given of a certificate that is not good now
   */
  public static TlsOpening begin(TlsFiles files, InstantSource clock) {
    TlsOpening opening = new TlsOpening();
    Thread.ofPlatform().daemon().name("muster-tls-open").start(() -> opening.open(files, clock));
    return opening;
  }

  private void open(TlsFiles files, InstantSource clock) {
    try {
      opened.complete(Tls.open(files, clock));
    } catch (Throwable e) { // whoever waits is to be told, whatever it is
      opened.completeExceptionally(e);
    }
  }

  /**
   * What has been read; waits for it.
   *
   * @throws TlsException if certificate or key cannot be used
   */
  public Tls await() throws TlsException {
    try {
      return opened.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof TlsException unusable) {
        throw unusable;
      }
      throw e;
    }
  }

  /** When the certificate ends; empty as long as none has been read. */
  public Optional<Instant> expiry() {
    return opened.isDone() && !opened.isCompletedExceptionally()
        ? Optional.of(opened.join().expiry())
        : Optional.empty();
  }

  /** Closes what was read, or what will be; call it when no connections are made any more. */
  @Override
  public void close() {
    opened.thenAccept(Tls::close);
  }
}
