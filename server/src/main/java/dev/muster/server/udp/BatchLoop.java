package dev.muster.server.udp;

import dev.muster.server.observe.DoorMeter;
import dev.muster.server.observe.FaultLog;
import dev.muster.server.udp.linux.BatchSocket;
import dev.muster.server.udp.linux.MessageBatch;
import dev.muster.server.udp.linux.SocketMemory;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * One thread, one socket, one batch: takes what is there in one system call, has it answered where
 * it lies, and sends all replies with another. In between nothing is allocated and nothing waited
 * for.
 */
final class BatchLoop implements AutoCloseable {
  /** More gains nothing: the caches are colder by then, and the first of them waits longer. */
  private static final int BATCH = 64;

  /** How long the thread waits for a packet before it looks whether it should end. */
  static final Duration PATIENCE = Duration.ofMillis(250);

  private static final Duration DRAIN = Duration.ofMillis(200);
  private static final long PAUSE_AFTER_FAILURE = Duration.ofMillis(1).toNanos();

  private final BatchSocket socket;
  private final MessageBatch messages;
  private final UdpBatch batch;
  private final UdpResponder responder;
  private final DoorMeter meter;
  private final LongSupplier nanos;
  private final FaultLog faults;
  private final Thread thread;
  private volatile boolean closing;

  /**
   * @param socket where packets come from and replies go; closed with the loop
   * @param responder this loop's own
   * @param maxReplyBytes the longest reply
   * @param name of the thread
   */
  BatchLoop(
      BatchSocket socket,
      UdpResponder responder,
      int maxReplyBytes,
      DoorMeter meter,
      LongSupplier nanos,
      String name) {
    this.socket = socket;
    this.responder = responder;
    this.meter = meter;
    this.nanos = nanos;
    faults = new FaultLog(nanos);
    messages = new MessageBatch(socket, BATCH, UdpBatch.PACKET_BYTES, maxReplyBytes);
    batch = new UdpBatch(BATCH, messages.in(), messages.out(), maxReplyBytes);
    thread = Thread.ofPlatform().name(name).daemon(false).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** See {@link BatchSocket#memory}. */
  SocketMemory memory() {
    return socket.memory();
  }

  /** The thread is to answer what is there and then to end. */
  void finish() {
    closing = true;
  }

  /**
   * Waits for the thread's end.
   *
   * @return whether it came; {@link #close} may then be called
   */
  boolean join(Duration limit) throws InterruptedException {
    return thread.getState() == Thread.State.NEW || thread.join(limit);
  }

  /** Closes the socket and gives the memory back. The thread must have ended, or never begun. */
  @Override
  public void close() {
    socket.close();
    messages.close();
  }

  private void run() {
    while (!closing) {
      try {
        serve(messages.receive());
      } catch (RuntimeException | Error e) {
        faults.fault("serving UDP", e); // the door is to outlive even a lack of memory
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE);
      }
    }
    drain();
  }

  /** What had come when the door was told to close is answered, unless that takes too long. */
  private void drain() {
    long deadline = nanos.getAsLong() + DRAIN.toNanos();
    int count = messages.poll();
    while (count > 0 && nanos.getAsLong() - deadline < 0) {
      serve(count);
      count = messages.poll();
    }
  }

  private void serve(int count) {
    if (count > 0) {
      long received = nanos.getAsLong();
      take(count);
      try {
        responder.answer(batch);
        send(received);
      } finally {
        messages.recycle(count);
      }
    } else if (count < 0) {
      meter.drop();
      LockSupport.parkNanos(PAUSE_AFTER_FAILURE); // should it fail for good, do not burn the core
    }
  }

  private void take(int count) {
    batch.clear();
    for (int i = 0; i < count; i++) {
      // Nothing can be sent to port 0: what comes from there is dropped like an empty packet.
      int length = messages.sourcePort(i) == 0 ? 0 : messages.length(i);
      batch.received(length, messages.sourceHigh(i), messages.sourceLow(i));
    }
    meter.received(batch.bytes());
  }

  private void send(long received) {
    int replies = 0;
    long bytes = 0;
    for (int i = 0; i < batch.packets(); i++) {
      int length = batch.exchange(i).replyLength();
      if (length > 0) {
        messages.queue(i, length);
        replies++;
        bytes += length;
      }
    }
    int failed = messages.send();
    if (failed > 0) {
      meter.drop(failed);
    }
    meter.sent(bytes);
    meter.took(nanos.getAsLong() - received, replies - failed);
  }
}
