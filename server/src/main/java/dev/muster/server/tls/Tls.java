package dev.muster.server.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS as a server speaks it: 1.3, and of 1.2 what encrypts and authenticates at once (AEAD) with
 * keys that are forgotten afterwards; HTTP/1.1 within; sessions are resumed by tickets.
 *
 * <p>Certificate and key are looked at every few seconds, and when their content has changed and
 * they belong together, connections from then on get the new ones. Until then the old ones stay, so
 * it does no harm to look while they are being written.
 *
 * <p>BoringSSL does it where it is there, else the JDK, whose handshakes take some five times the
 * processor's time. Thread-safe.
 */
public final class Tls implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Tls.class);

  private static final List<String> SUITES =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  /** Sessions of TLS 1.2 without tickets, which the server has to remember: some 1 KiB each. */
  private static final int SESSIONS = 4096;

  private static final long SESSION_SECONDS = 7200; // an announce interval and the next

  /** Renewals come weeks before the end; when so little is left, they have failed. */
  private static final Duration SOON = Duration.ofDays(14);

  private final TlsFiles files;
  private final SslProvider provider;
  private final InstantSource clock;
  private final Thread watch;
  private Identity.Source source;
  private String complaint = "";
  private boolean complained;
  private String warning = "";
  private boolean closed;
  private volatile SslContext context;
  private volatile Identity identity;
  private final AtomicLong failedReloads = new AtomicLong();
  private @Nullable SslContext retired;

  private Tls(Loaded first, Duration every, SslProvider provider, InstantSource clock)
      throws TlsException {
    this.files = first.files();
    this.provider = provider;
    this.clock = clock;
    this.source = first.source();
    this.identity = first.identity();
    this.context = contextOf(identity);
    warnOfDates();
    this.watch = Thread.ofVirtual().name("muster-tls").start(() -> watch(every));
  }

  /** Certificate and key as they were read, and found to belong together. */
  record Loaded(TlsFiles files, Identity.Source source, Identity identity) {
    static Loaded from(TlsFiles files) throws TlsException {
      Identity.Source source = Identity.Source.read(files);
      return new Loaded(files, source, Identity.of(files, source));
    }
  }

  /**
   * Uses these, as long as there are no newer ones.
   *
   * @param clock the time of day: a warning is given of a certificate that is not good now, or not
   *     for long
   * @throws TlsException if they cannot be used
   */
  static Tls of(Loaded first, InstantSource clock) throws TlsException {
    return new Tls(first, Duration.ofSeconds(5), provider(OpenSsl.isAvailable()), clock);
  }

  /**
   * Reads certificate and key.
   *
   * @param every how often the files are looked at
   * @param openSsl whether BoringSSL is used, else the JDK
   */
  static Tls open(TlsFiles files, Duration every, boolean openSsl, InstantSource clock)
      throws TlsException {
    return new Tls(Loaded.from(files), every, provider(openSsl), clock);
  }

  private static SslProvider provider(boolean openSsl) {
    return openSsl ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK;
  }

  /** What encrypts a new connection. It has no time limits of its own. */
  public SslHandler handler(ByteBufAllocator buffers) {
    SslHandler handler = context.newHandler(buffers);
    handler.setHandshakeTimeoutMillis(0);
    handler.setCloseNotifyFlushTimeoutMillis(0);
    return handler;
  }

  /** When the certificate ends, or the first of its issuers' that are sent along. */
  public Instant expiry() {
    return identity.expiry();
  }

  /** How often files have changed into what cannot be used, and stayed so. */
  public long failedReloads() {
    return failedReloads.get();
  }

  private void watch(Duration every) {
    try {
      while (true) {
        Thread.sleep(every);
        look();
      }
    } catch (InterruptedException closed) {
      // that is all
    }
  }

  /** Takes what is in the files now, if it is new and good. */
  synchronized void look() {
    if (closed) {
      return;
    }
    release(retired); // by now no connection is being made with it
    retired = null;
    try {
      Identity.Source now = Identity.Source.read(files);
      if (!now.isSameAs(source)) {
        Identity next = Identity.of(files, now);
        SslContext made = contextOf(next);
        retired = context;
        context = made;
        identity = next;
        source = now;
        log.info(
            "new certificate: {}, good until {}",
            next.chain().getFirst().getSubjectX500Principal(),
            next.expiry());
      }
      complaint = "";
    } catch (TlsException e) {
      complain(String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      complain(e.toString()); // whatever it is, the next look may find better
    }
    warnOfDates();
  }

  /** Says it when it still holds at the second look: at the first they may be half written. */
  private void complain(String message) {
    if (!message.equals(complaint)) {
      complaint = message;
      complained = false;
    } else if (!complained) {
      complained = true;
      failedReloads.incrementAndGet();
      log.warn("{}; going on with the certificate that was there before", message);
    }
  }

  private void warnOfDates() {
    String now = identity.warning(clock.instant(), SOON);
    if (!now.equals(warning)) {
      warning = now;
      if (!now.isEmpty()) {
        log.warn("{}", now);
      }
    }
  }

  private SslContext contextOf(Identity identity) throws TlsException {
    KeyManagerFactory keys = new OneIdentity(identity);
    try {
      return SslContextBuilder.forServer(
              provider == SslProvider.JDK ? keys : new OpenSslCachingX509KeyManagerFactory(keys))
          .trustManager(new NobodyTrusted())
          .sslProvider(provider)
          .protocols("TLSv1.3", "TLSv1.2")
          .ciphers(SUITES, SupportedCipherSuiteFilter.INSTANCE)
          .sessionCacheSize(SESSIONS)
          .sessionTimeout(SESSION_SECONDS)
          .applicationProtocolConfig(
              new ApplicationProtocolConfig(
                  Protocol.ALPN,
                  SelectorFailureBehavior.NO_ADVERTISE,
                  SelectedListenerFailureBehavior.ACCEPT,
                  "http/1.1"))
          .build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new TlsException(
          "tls.certificate: %s with tls.key: %s cannot be used: %s"
              .formatted(
                  files.certificate(),
                  files.key(),
                  Optional.ofNullable(e.getCause()).orElse(e).getMessage()));
    }
  }

  private static void release(@Nullable SslContext context) {
    if (context != null) {
      ReferenceCountUtil.release(context);
    }
  }

  /** Stops looking; call it when no connections are made any more. Again, it does nothing. */
  @Override
  public void close() {
    watch.interrupt();
    synchronized (this) {
      if (!closed) {
        closed = true;
        release(retired);
        retired = null;
        release(context);
      }
    }
  }
}
