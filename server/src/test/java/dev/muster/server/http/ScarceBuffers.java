package dev.muster.server.http;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.concurrent.atomic.AtomicInteger;

/** Buffers that are counted, and of which a test can say that there are none left. */
final class ScarceBuffers extends AbstractByteBufAllocator {
  private final UnpooledByteBufAllocator all = new UnpooledByteBufAllocator(true, true);
  private final AtomicInteger missing = new AtomicInteger();
  private final AtomicInteger spared = new AtomicInteger();

  ScarceBuffers() {
    super(true);
  }

  /** The next one asked for is not to be had. */
  void lackOne() {
    lackOneAfter(0);
  }

  /** So many are still to be had, and then one is not. */
  void lackOneAfter(int count) {
    spared.set(count);
    missing.set(1);
  }

  /** All are to be had again. */
  void lackNone() {
    missing.set(0);
  }

  /** Whether that one has been asked for. */
  boolean lacked() {
    return missing.get() == 0;
  }

  ByteBufAllocatorMetric metric() {
    return all.metric();
  }

  @Override
  protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
    give();
    return all.heapBuffer(initialCapacity, maxCapacity);
  }

  @Override
  protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
    give();
    return all.directBuffer(initialCapacity, maxCapacity);
  }

  private void give() {
    if (missing.get() > 0 && spared.decrementAndGet() < 0) {
      missing.set(0);
      // Netty's OutOfDirectMemoryError is one of these, and cannot be made here
      throw new OutOfMemoryError("no direct memory left, on purpose");
    }
  }

  @Override
  public boolean isDirectBufferPooled() {
    return false;
  }
}
