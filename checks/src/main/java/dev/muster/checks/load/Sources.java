package dev.muster.checks.load;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Loopback addresses to send from. */
final class Sources {
  /** 127.0.0.2 and up. */
  static InetAddress address(int index) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (2 + index)});
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private Sources() {}
}
