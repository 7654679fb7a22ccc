package dev.muster.server.udp;

import static dev.muster.server.udp.ResponderRig.announce;
import static dev.muster.server.udp.ResponderRig.scrape;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.muster.protocol.udp.UdpRequest;
import dev.muster.server.udp.ResponderRig.Source;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The garbage collector has nothing to do on the packet path. */
class UdpAllocationTest {
  private static final int BATCHES = 20_000;

  @Test
  void answeringAPacketAllocatesNothing() {
    ResponderRig rig = new ResponderRig();
    rig.swarms.forgetful = true;
    long id = rig.connect(Source.IPV4);
    List<byte[]> packets =
        List.of(
            new UdpRequest.Connect(1).encode(),
            announce(id, 50, 6881).encode(),
            announce(id, 50, 0).encode(),
            announce(7, 50, 6881).encode(),
            scrape(7, 1).encode(),
            scrape(id, 0).encode(),
            new byte[5],
            new byte[] {'d'});
    ByteBuffer in = ByteBuffer.allocateDirect(packets.size() * UdpBatch.PACKET_BYTES);
    ByteBuffer out = ByteBuffer.allocateDirect(packets.size() * rig.maxReplyBytes);
    UdpBatch batch = new UdpBatch(packets.size(), in, out, rig.maxReplyBytes);
    for (int i = 0; i < packets.size(); i++) {
      in.put(i * UdpBatch.PACKET_BYTES, packets.get(i));
    }
    answer(rig, batch, packets); // classes are loaded, once
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < BATCHES; i++) {
      answer(rig, batch, packets);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    // A single object for each batch would be 16 bytes; counters that grow are far below one.
    assertThat(allocated / (double) BATCHES).as("bytes a batch of 8").isLessThan(8);
  }

  private static void answer(ResponderRig rig, UdpBatch batch, List<byte[]> packets) {
    batch.clear();
    for (int i = 0; i < packets.size(); i++) {
      batch.received(packets.get(i).length, Source.IPV4.high(), Source.IPV4.low());
    }
    rig.answer(batch);
  }
}
