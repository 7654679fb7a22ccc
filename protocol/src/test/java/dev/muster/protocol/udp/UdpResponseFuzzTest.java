package dev.muster.protocol.udp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

/** Whatever a tracker sends, it is read without a throw, and into no more than it sent. */
class UdpResponseFuzzTest {
  @FuzzTest
  void anyResponseIsRead(byte[] packet) {
    for (boolean ipv6 : new boolean[] {false, true}) {
      UdpResponse.decode(ByteBuffer.wrap(packet), ipv6)
          .ifPresent(response -> checkSize(response, packet.length));
    }
  }

  /** A broken byte of text grows to the three of the replacement character. */
  private static void checkSize(UdpResponse response, int length) {
    int most = response instanceof UdpResponse.Failed ? 3 * length : length;
    int written = response.encode().length;
    if (written > most) {
      throw new AssertionError(length + " bytes were read as " + written + ": " + response);
    }
  }
}
