package dev.muster.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What had arrived when the door was told to close is answered. */
@Timeout(60)
class HttpCloseTest {
  private static final int CLIENTS = 100;

  @Test
  void requestsOnConnectionsNotYetAcceptedAreAnswered() throws Exception {
    Rig rig = Rig.open();
    assertThat(rig.get(Rig.ANNOUNCE).status()).isEqualTo(200); // what answering needs is loaded
    List<RawClient> clients = sendFromMany(rig, 1);
    rig.close();
    for (RawClient client : clients) {
      assertThat(client.read().status()).isEqualTo(200);
      client.close();
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredEach() throws Exception {
    Rig rig = Rig.open();
    assertThat(rig.get(Rig.ANNOUNCE).status()).isEqualTo(200);
    List<RawClient> clients = sendFromMany(rig, 10);
    rig.close();
    for (RawClient client : clients) {
      for (int i = 0; i < 10; i++) {
        assertThat(client.read().status()).isEqualTo(200);
      }
      client.close();
    }
  }

  private static List<RawClient> sendFromMany(Rig rig, int requests) throws IOException {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      String request = "GET " + Rig.ANNOUNCE + " HTTP/1.1\r\nHost: t\r\n\r\n";
      clients.add(rig.client().send(request.repeat(requests)));
    }
    return clients;
  }
}
