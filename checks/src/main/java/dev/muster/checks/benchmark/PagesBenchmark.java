package dev.muster.checks.benchmark;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * On the heap or off it: pages of 1 KiB out of so many MiB, drawn at random, of which two cache
 * lines are read and a word is written, as a bucket is looked through and a member put into it.
 * Each fork ends with a line of what the process holds of memory, and what its collections take.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-XX:+UseSerialGC",
      "-Xmn8m",
      "-Xms2g",
      "-XX:PretenureSizeThreshold=64k",
      "-XX:-ResizeTLAB",
      "-XX:TLABSize=64k"
    })
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PagesBenchmark {
  private static final int PAGE_WORDS = 128;
  private static final int CHUNK_PAGES = 128;
  private static final int CHUNK_WORDS = CHUNK_PAGES * PAGE_WORDS;
  private static final int LINE_WORDS = 8;
  private static final int READ_WORDS = 2 * LINE_WORDS;
  private static final int CHUNKS_A_MEBIBYTE = 8;
  private static final int GARBAGE_BYTES = 512 << 20;

  /** Many threads may use it, as they use the store. */
  private static final Arena ARENA = Arena.ofShared();

  /** Where the pages lie. */
  public enum Memory {
    /** Arrays of 128 KiB on the heap, as the store has them. */
    HEAP,
    /** One segment off the heap. */
    SEGMENT,
    /** Segments of 128 KiB off the heap. */
    SEGMENTS
  }

  /** MiB of pages. */
  @Param({"16", "1024"})
  public int mebibytes;

  /** Where they lie. */
  @Param({"HEAP", "SEGMENT", "SEGMENTS"})
  public Memory memory = Memory.HEAP;

  private final SplittableRandom random = new SplittableRandom(1);
  private long[][] arrays = {};
  private MemorySegment segment = MemorySegment.NULL;
  private MemorySegment[] segments = {};
  private int pages;
  private byte[] garbage = {};

  /** Makes the pages. */
  @Setup(Level.Trial)
  public void make() {
    int chunks = mebibytes * CHUNKS_A_MEBIBYTE;
    pages = chunks * CHUNK_PAGES;
    switch (memory) {
      case HEAP -> arrays = new long[chunks][CHUNK_WORDS];
      case SEGMENT ->
          segment = ARENA.allocate((long) chunks * CHUNK_WORDS * Long.BYTES, Long.BYTES);
      case SEGMENTS -> {
        segments = new MemorySegment[chunks];
        for (int i = 0; i < chunks; i++) {
          segments[i] = ARENA.allocate((long) CHUNK_WORDS * Long.BYTES, Long.BYTES);
        }
      }
    }
  }

  /** Reads two lines of a page and writes a word of them. */
  @Benchmark
  public long readAndWrite() {
    int page = random.nextInt(pages);
    int line = random.nextInt(PAGE_WORDS / LINE_WORDS - 1) * LINE_WORDS;
    return switch (memory) {
      case HEAP -> inArray(page, line);
      case SEGMENT -> inSegment(segment, (long) page * PAGE_WORDS + line);
      case SEGMENTS ->
          inSegment(segments[page / CHUNK_PAGES], page % CHUNK_PAGES * PAGE_WORDS + line);
    };
  }

  private long inArray(int page, int line) {
    long[] array = arrays[page / CHUNK_PAGES];
    int from = page % CHUNK_PAGES * PAGE_WORDS + line;
    long sum = 1;
    for (int i = from; i < from + READ_WORDS; i++) {
      sum += array[i];
    }
    array[from] = sum;
    return sum;
  }

  private static long inSegment(MemorySegment segment, long from) {
    long sum = 1;
    for (long i = from; i < from + READ_WORDS; i++) {
      sum += segment.getAtIndex(JAVA_LONG, i);
    }
    segment.setAtIndex(JAVA_LONG, from, sum);
    return sum;
  }

  /** Says what the process holds, and what its collections take. */
  @TearDown(Level.Trial)
  public void tell() throws IOException {
    Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .forEach(System.out::println);
    for (int made = 0; made < GARBAGE_BYTES; made += garbage.length) {
      garbage = new byte[1 << 10];
    }
    System.gc();
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      System.out.printf(
          "%s: %d in %d ms%n",
          collector.getName(), collector.getCollectionCount(), collector.getCollectionTime());
    }
  }
}
