package dev.muster.checks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Processor time a process has used (proc_pid_stat(5)), in ticks of 10 ms.
 *
 * @param userNanos in its own code
 * @param systemNanos in the kernel's
 */
record ProcessCpu(long userNanos, long systemNanos) {
  private static final long TICK_NANOS = 10_000_000; // USER_HZ is 100 on every Linux of today

  /** What it has used until now. */
  static ProcessCpu of(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    // The name may hold spaces and parentheses: fields are counted from its end. utime is the 14th.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return new ProcessCpu(
        Long.parseLong(fields[11]) * TICK_NANOS, Long.parseLong(fields[12]) * TICK_NANOS);
  }

  /** Bytes of memory it holds (VmRSS). */
  static long residentBytes(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    return 0;
  }

  /** What was used from then till now. */
  ProcessCpu since(ProcessCpu earlier) {
    return new ProcessCpu(userNanos - earlier.userNanos, systemNanos - earlier.systemNanos);
  }
}
