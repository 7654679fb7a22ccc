package dev.muster.protocol.udp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Whatever arrives, views and records read it alike, and nothing throws. */
class UdpRequestFuzzTest {
  @FuzzTest
  void viewAndRecordReadAlike(byte[] packet) {
    Agreement.check(packet, packet.length % 3);
    Optional<UdpRequest> read = UdpRequest.decode(ByteBuffer.wrap(packet));
    if (read.isPresent()) {
      Optional<UdpRequest> again = UdpRequest.decode(ByteBuffer.wrap(read.get().encode()));
      if (!again.equals(read)) {
        throw new AssertionError("read as " + read + ", written and read again as " + again);
      }
    }
  }
}
