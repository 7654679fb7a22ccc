package dev.muster.client.wire;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a tracker gave no answer, with a sentence for a person to read. Carries no stack trace: what
 * matters happened elsewhere.
 */
public final class TrackerFailure extends Exception {
  private static final long serialVersionUID = 1;

  /** What kind of failure it is. */
  public enum Kind {
    /** Nobody there: no address, no way, connection refused, no trust. */
    UNREACHABLE,
    /** No answer, or not all of it, within the limit. */
    TIMED_OUT,
    /** The tracker said no: {@code failure reason}, a UDP error, an HTTP status. */
    REFUSED,
    /** HTTP 410: never again. */
    GONE,
    /** Something answered, but not as a tracker does. */
    MALFORMED,
    /** A scheme, or a URI, that cannot be asked. */
    UNSUPPORTED
  }

  private final Kind kind;
  private final @Nullable Duration retryAfter;
  private final boolean never;

  /** A failure of which the tracker did not say when to come back. */
  public TrackerFailure(Kind kind, String message) {
    this(kind, message, null, kind == Kind.GONE);
  }

  /**
   * A failure.
   *
   * @param retryAfter how long to wait; null if the tracker did not say
   * @param never whether it should not be asked again at all
   */
  public TrackerFailure(Kind kind, String message, @Nullable Duration retryAfter, boolean never) {
    super(message, null, false, false);
    this.kind = kind;
    this.retryAfter = retryAfter;
    this.never = never;
  }

  /** What kind of failure it is. */
  public Kind kind() {
    return kind;
  }

  /**
   * How long the tracker wants to be left alone, 0 to a day: {@code retry in} (BEP 31), {@code
   * interval} beside a {@code failure reason}, or {@code Retry-After} (RFC 9110 §10.2.3).
   */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** Whether it should not be asked again at all: {@code retry in: never} (BEP 31), HTTP 410. */
  public boolean never() {
    return never;
  }
}
