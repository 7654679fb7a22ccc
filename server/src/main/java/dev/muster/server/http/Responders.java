package dev.muster.server.http;

import dev.muster.server.announce.AnnounceService;
import dev.muster.server.observe.DoorMeter;
import dev.muster.server.observe.FaultLog;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A responder for each event loop, made when it is first asked for there. Thread-safe. */
final class Responders extends FastThreadLocal<Responder> {
  private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

  private final AnnounceService service;
  private final DoorMeter meter;
  private final ClientAddresses clients;
  private final boolean trustIpParameter;
  private final FaultLog faults;
  private final LongSupplier nanos;
  private final SplittableRandom random;
  private final OneAddressWatch watch = new OneAddressWatch();

  Responders(
      AnnounceService service,
      DoorMeter meter,
      ClientAddresses clients,
      boolean trustIpParameter,
      FaultLog faults,
      LongSupplier nanos,
      SplittableRandom random) {
    this.service = service;
    this.meter = meter;
    this.clients = clients;
    this.trustIpParameter = trustIpParameter;
    this.faults = faults;
    this.nanos = nanos;
    this.random = random;
  }

  @Override
  protected Responder initialValue() {
    SplittableRandom own;
    synchronized (random) {
      own = random.split();
    }
    return new Responder(
        service,
        meter,
        clients,
        trustIpParameter,
        watch,
        faults,
        () -> nanos.getAsLong() / NANOS,
        own);
  }

  @Override
  protected void onRemoval(Responder responder) {
    responder.release();
  }
}
