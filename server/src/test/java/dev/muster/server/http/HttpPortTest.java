package dev.muster.server.http;

import static dev.muster.server.http.Rig.ANNOUNCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A port is shared among the door's event loops, and with nobody else. */
class HttpPortTest {
  private static final int RACERS = 4;

  @Test
  void aBusyPortIsNamed() throws IOException {
    try (Rig rig = Rig.open()) {
      InetSocketAddress taken = rig.address();
      assertThatThrownBy(() -> Rig.open(s -> Rig.listening(s, taken)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Address already in use")
          .hasMessageContaining(String.valueOf(taken.getPort()));
    }
  }

  @Test
  void everyEventLoopIsGivenConnections() throws IOException {
    try (Rig rig = Rig.open(s -> Rig.threads(s, 2))) {
      for (int i = 0; i < 200 && rig.swarms.callers().size() < 2; i++) {
        assertThat(rig.get(ANNOUNCE).status()).isEqualTo(200);
      }
      assertThat(rig.swarms.callers()).hasSize(2);
    }
  }

  @Test
  void ofSeveralTrackersThatStartAtOnceOneGetsThePort() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(RACERS)) {
      for (int round = 0; round < 20; round++) {
        InetSocketAddress wanted = free();
        CyclicBarrier start = new CyclicBarrier(RACERS);
        Callable<Rig> open =
            () -> {
              start.await();
              return Rig.open(s -> Rig.threads(Rig.listening(s, wanted), 2));
            };
        List<Future<Rig>> opening = new ArrayList<>();
        for (int i = 0; i < RACERS; i++) {
          opening.add(threads.submit(open));
        }
        List<Rig> opened = new ArrayList<>();
        for (Future<Rig> each : opening) {
          try {
            opened.add(each.get());
          } catch (java.util.concurrent.ExecutionException e) {
            assertThat(e.getCause()).hasMessageContaining("Address already in use");
          }
        }
        opened.forEach(Rig::close);
        assertThat(opened).as("round %d", round).hasSize(1);
      }
    }
  }

  private static InetSocketAddress free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return (InetSocketAddress) socket.getLocalSocketAddress();
    }
  }
}
