package dev.muster.server.observe;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the process costs at one instant; only what can be read in some microseconds.
 *
 * @param heap the JVM's heap
 * @param nonHeap what the JVM keeps for itself: classes, compiled code
 * @param residentBytes memory of the whole process that is in RAM, tables and network buffers
 *     included; -1 where the system does not say
 * @param cpuNanos CPU time of the whole process, in ns; -1 where the system does not say
 * @param threads platform threads
 * @param collections what each garbage collector has done
 */
record ProcessFacts(
    MemoryUsage heap,
    MemoryUsage nonHeap,
    long residentBytes,
    long cpuNanos,
    int threads,
    List<Collections> collections) {

  /**
   * What one garbage collector has done.
   *
   * @param collector its name
   * @param count collections so far
   * @param millis what they took, in ms
   */
  record Collections(String collector, long count, long millis) {}

  private static final Path STATUS = Path.of("/proc/self/status");

  static ProcessFacts now() {
    var memory = ManagementFactory.getMemoryMXBean();
    return new ProcessFacts(
        memory.getHeapMemoryUsage(),
        memory.getNonHeapMemoryUsage(),
        resident(),
        ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
            ? system.getProcessCpuTime()
            : -1,
        ManagementFactory.getThreadMXBean().getThreadCount(),
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(ProcessFacts::collections)
            .toList());
  }

  private static Collections collections(GarbageCollectorMXBean bean) {
    return new Collections(
        bean.getName(),
        Math.max(0, bean.getCollectionCount()),
        Math.max(0, bean.getCollectionTime()));
  }

  /** The line {@code VmRSS: 12345 kB}, proc(5). */
  private static long resident() {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
          .findFirst()
          .orElse(-1);
    } catch (IOException | UncheckedIOException notLinux) {
      return -1;
    }
  }
}
