package dev.muster.server.config;

/** How UDP packets are received and sent. */
public enum UdpIo {
  /** {@link #BATCHED} where it can be had, else {@link #PORTABLE}. */
  AUTO,
  /** Many with one system call: recvmmsg and sendmmsg of Linux. */
  BATCHED,
  /** One by one, by what every Java has. */
  PORTABLE
}
