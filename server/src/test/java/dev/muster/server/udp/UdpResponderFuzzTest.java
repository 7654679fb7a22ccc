package dev.muster.server.udp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.muster.protocol.udp.SourceAddress;
import dev.muster.protocol.udp.UdpResponse;
import dev.muster.server.udp.ResponderRig.Source;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Whatever arrives: nothing throws, an unproved address is sent no more than came from it, a proved
 * one no more than the cap, and what is sent can be read.
 */
class UdpResponderFuzzTest {
  private final ResponderRig rig = new ResponderRig();
  private final long id = rig.connect(Source.IPV6);

  UdpResponderFuzzTest() {
    rig.swarms.forgetful = true; // for there are millions
  }

  @FuzzTest
  void repliesKeepTheirBounds(byte[] packet) {
    // The fuzzer sees what its bytes are compared with, so it finds the id of a fixed address. Here
    // the address hangs on the bytes, and with it the id.
    Source stranger = new Source(0, SourceAddress.ipv4Low(Arrays.hashCode(packet)));
    check(packet, rig.send(packet, stranger), stranger, packet.length);
    if (packet.length >= 8) {
      byte[] proved = packet.clone();
      ByteBuffer.wrap(proved).putLong(0, id);
      check(proved, rig.send(proved, Source.IPV6), Source.IPV6, rig.maxReplyBytes);
    }
  }

  private static void check(byte[] packet, byte[] reply, Source source, int most) {
    if (reply.length > most) {
      throw new AssertionError(reply.length + " bytes for " + packet.length);
    }
    if (reply.length > 0) {
      UdpResponse response =
          UdpResponse.decode(ByteBuffer.wrap(reply), source.ipv6()).orElseThrow();
      if (response.encode().length != reply.length) {
        throw new AssertionError(reply.length + " bytes are not exactly " + response);
      }
      if (response.transactionId() != ByteBuffer.wrap(packet).getInt(12)) {
        throw new AssertionError("the mark of another request: " + response);
      }
    }
  }
}
