package dev.muster.server;

/** What Netty is told before it is loaded; an operator's own setting stands. */
final class NettyProperties {

  static void set() {
    set("io.netty.jfr.enabled", "false"); // spares every start the loading of Flight Recorder
    // Nobody compares the identities of channels between machines: no search for a hardware
    // address.
    set("io.netty.machineId", "00:00:00:00:00:00:00:01");
  }

  private static void set(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }

  private NettyProperties() {}
}
