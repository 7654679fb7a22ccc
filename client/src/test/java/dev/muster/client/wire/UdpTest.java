package dev.muster.client.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.client.wire.TrackerFailure.Kind;
import dev.muster.protocol.id.Endpoint;
import dev.muster.protocol.id.InfoHash;
import dev.muster.protocol.udp.UdpRequest;
import dev.muster.protocol.udp.UdpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** UDP trackers, good and bad. */
@Timeout(30)
class UdpTest {
  private static final Duration LIMIT = Duration.ofSeconds(8);
  private static final long ID = 0x1122334455667788L;
  private static final Endpoint PEER = Endpoint.parse("127.0.0.1:7").orElseThrow();

  private final NetworkTransport transport = Asked.transport();
  private final List<UdpRequest> requests = new CopyOnWriteArrayList<>();
  private final List<Exception> ended = new CopyOnWriteArrayList<>();
  private final List<DatagramSocket> sockets = new ArrayList<>();

  /** What goes back for a request, and from where. */
  private interface Behaviour {
    void answer(UdpRequest request, Reply reply) throws IOException;
  }

  private interface Reply {
    void send(byte[] bytes) throws IOException;
  }

  @AfterEach
  void end() {
    transport.close();
    sockets.forEach(DatagramSocket::close);
  }

  private URI tracker(Behaviour behaviour) {
    return URI.create("udp://127.0.0.1:" + port("127.0.0.1", 0, behaviour) + "/announce");
  }

  private int port(String host, int port, Behaviour behaviour) {
    try {
      DatagramSocket socket = new DatagramSocket(port, InetAddress.getByName(host));
      sockets.add(socket);
      Thread.startVirtualThread(() -> serve(socket, behaviour));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(DatagramSocket socket, Behaviour behaviour) {
    DatagramPacket packet = new DatagramPacket(new byte[4000], 4000);
    while (!socket.isClosed()) {
      try {
        socket.receive(packet);
        UdpRequest request =
            UdpRequest.decode(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()))
                .orElseThrow();
        requests.add(request);
        behaviour.answer(
            request,
            bytes ->
                socket.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress())));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static byte[] good(UdpRequest request) {
    int id = request.transactionId();
    return switch (request) {
      case UdpRequest.Connect connect -> new UdpResponse.Connected(id, ID).encode();
      case UdpRequest.Announce announce ->
          new UdpResponse.Announced(id, 1800, 2, 5, List.of(PEER)).encode();
      case UdpRequest.Scrape scrape ->
          new UdpResponse.Scraped(
                  id,
                  scrape.infoHashes().stream()
                      .limit(50)
                      .map(hash -> new UdpResponse.Scraped.Swarm(hash.low(), 9, 2))
                      .toList())
              .encode();
    };
  }

  private TrackerFailure failure(URI tracker, Duration limit) {
    TrackerFailure failure =
        catchThrowableOfType(
            TrackerFailure.class, () -> transport.announce(tracker, Asked.announce(), limit));
    assertThat(failure).isNotNull();
    return failure;
  }

  private <T extends UdpRequest> List<T> seen(Class<T> kind) {
    return requests.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Test
  void oneConnectionIdServesAMinuteOfAnnounces() throws Exception {
    URI tracker = tracker((request, reply) -> reply.send(good(request)));
    for (int i = 0; i < 3; i++) {
      TrackerAnswer answer = transport.announce(tracker, Asked.announce(), LIMIT);
      assertThat(answer.peers()).containsExactly(PEER);
      assertThat(answer.seeders()).hasValue(5);
      assertThat(answer.leechers()).hasValue(2);
      assertThat(answer.interval()).isEqualTo(Duration.ofMinutes(30));
    }
    assertThat(seen(UdpRequest.Connect.class)).hasSize(1);
    assertThat(seen(UdpRequest.Announce.class))
        .hasSize(3)
        .allSatisfy(announce -> {
          assertThat(announce.connectionId()).isEqualTo(ID);
          assertThat(announce.key()).isEqualTo(0xcafe0001);
          assertThat(announce.urlData()).isEmpty();
        });
  }

  @Test
  void aPathAndQueryAreSentAsUrlData() throws Exception {
    URI tracker = tracker((request, reply) -> reply.send(good(request)));
    String path = "/" + "k".repeat(300) + "/announce?a=b";
    transport.announce(tracker.resolve(path), Asked.announce(), LIMIT);
    assertThat(seen(UdpRequest.Announce.class).getFirst().urlData()).isEqualTo(path);
  }

  @Test
  void lostPacketsAreSentAgain() throws Exception {
    URI tracker =
        tracker((request, reply) -> {
          if (requests.size() % 2 == 0) {
            reply.send(good(request));
          }
        });
    assertThat(transport.announce(tracker, Asked.announce(), Duration.ofSeconds(4)).peers())
        .hasSize(1);
    assertThat(requests).hasSize(4);
  }

  @Test
  void anAnswerWithAWrongTransactionIdIsNone() {
    URI tracker =
        tracker((request, reply) ->
            reply.send(new UdpResponse.Connected(request.transactionId() + 1, ID).encode()));
    assertThat(failure(tracker, Duration.ofMillis(500)).kind()).isEqualTo(Kind.TIMED_OUT);
  }

  @Test
  void anAnswerFromAnotherAddressIsNone() throws Exception {
    DatagramSocket other = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
    sockets.add(other);
    DatagramSocket asked = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
    sockets.add(asked);
    Thread.startVirtualThread(() -> {
      DatagramPacket packet = new DatagramPacket(new byte[100], 100);
      try {
        while (true) {
          asked.receive(packet);
          byte[] liar =
              new UdpResponse.Connected(ByteBuffer.wrap(packet.getData()).getInt(12), ID).encode();
          other.send(new DatagramPacket(liar, liar.length, packet.getSocketAddress()));
        }
      } catch (IOException closed) {
        other.close();
      }
    });
    URI tracker = URI.create("udp://127.0.0.1:" + asked.getLocalPort());
    assertThat(failure(tracker, Duration.ofMillis(500)).kind()).isEqualTo(Kind.TIMED_OUT);
  }

  @Test
  void aRefusalIsTheTrackersOwnWords() {
    URI tracker =
        tracker((request, reply) ->
            reply.send(
                request instanceof UdpRequest.Connect
                    ? good(request)
                    : new UdpResponse.Failed(request.transactionId(), "not listed\0").encode()));
    TrackerFailure failure = failure(tracker, LIMIT);
    assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    assertThat(failure).hasMessage("not listed");
  }

  @Test
  void aForgottenConnectionIdIsReplaced() throws Exception {
    long[] valid = {1};
    URI tracker =
        tracker((request, reply) -> {
          int id = request.transactionId();
          switch (request) {
            case UdpRequest.Connect connect ->
                reply.send(new UdpResponse.Connected(id, valid[0]).encode());
            case UdpRequest.Announce announce ->
                reply.send(
                    announce.connectionId() == valid[0]
                        ? good(request)
                        : new UdpResponse.Failed(id, "Connection ID missmatch.").encode());
            case UdpRequest.Scrape scrape -> reply.send(good(request));
          }
        });
    transport.announce(tracker, Asked.announce(), LIMIT);
    valid[0] = 2;
    assertThat(transport.announce(tracker, Asked.announce(), LIMIT).peers()).hasSize(1);
  }

  @Test
  void aResponseCutShortIsMalformed() {
    URI tracker =
        tracker((request, reply) -> reply.send(java.util.Arrays.copyOf(good(request), 10)));
    assertThat(failure(tracker, LIMIT).kind()).isEqualTo(Kind.MALFORMED);
  }

  @Test
  void anAbsurdIntervalIsADayAndCountsAreNeverNegative() throws Exception {
    URI tracker =
        tracker((request, reply) ->
            reply.send(
                request instanceof UdpRequest.Connect
                    ? good(request)
                    : new UdpResponse.Announced(request.transactionId(), -1, -1, -1, List.of())
                        .encode()));
    TrackerAnswer answer = transport.announce(tracker, Asked.announce(), LIMIT);
    assertThat(answer.interval()).isEqualTo(Duration.ofDays(1));
    assertThat(answer.seeders()).hasValue(Integer.MAX_VALUE);
  }

  @Test
  void manySwarmsAreScrapedInManyPacketsAndTheRestIsAskedForAgain() throws Exception {
    URI tracker = tracker((request, reply) -> reply.send(good(request)));
    List<InfoHash> swarms = IntStream.range(0, 200).mapToObj(i -> new InfoHash(i, i, i)).toList();
    Map<InfoHash, ScrapeCounts> counts = transport.scrape(tracker, swarms, LIMIT);
    assertThat(counts).hasSize(200).containsEntry(swarms.get(171), new ScrapeCounts(171, 2, 9));
  }

  @Test
  void bothFamiliesAreAskedAndTheirAnswersMerged() throws Exception {
    Behaviour honest = (request, reply) -> reply.send(good(request));
    int port = port("127.0.0.1", 0, honest);
    Endpoint six = Endpoint.parse("[2001:db8::1]:9").orElseThrow();
    port(
        "::1",
        port,
        (request, reply) ->
            reply.send(
                request instanceof UdpRequest.Connect
                    ? good(request)
                    : new UdpResponse.Announced(request.transactionId(), 60, 7, 1, List.of(six))
                        .encode()));
    TrackerAnswer answer =
        transport.announce(URI.create("udp://both.example:" + port), Asked.announce(), LIMIT);
    assertThat(answer.peers()).containsExactlyInAnyOrder(PEER, six);
    assertThat(answer.interval()).isEqualTo(Duration.ofMinutes(30));
    assertThat(answer.leechers()).hasValue(7);
  }

  @Test
  void oneFamilyThatAnswersIsEnough() throws Exception {
    int port = port("127.0.0.1", 0, (request, reply) -> reply.send(good(request)));
    long start = System.nanoTime();
    assertThat(
            transport
                .announce(URI.create("udp://both.example:" + port), Asked.announce(), LIMIT)
                .peers())
        .containsExactly(PEER);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void anInterruptedCallerDoesNotCloseTheSocketOfTheOthers() throws Exception {
    URI silent = tracker((request, reply) -> {});
    URI tracker = tracker((request, reply) -> reply.send(good(request)));
    for (int i = 0; i < 20; i++) {
      Thread caller = caller(silent, requests.size());
      caller.interrupt();
      caller.join();
    }
    assertThat(ended).hasSize(20).allMatch(InterruptedException.class::isInstance);
    assertThat(transport.announce(tracker, Asked.announce(), LIMIT).peers()).hasSize(1);
  }

  @Test
  void closingEndsWhatIsUnderWay() throws Exception {
    URI silent = tracker((request, reply) -> {});
    Thread caller = caller(silent, 0);
    transport.close();
    assertThat(caller.join(Duration.ofSeconds(5))).isTrue();
    assertThat(ended).hasSize(1).allMatch(TrackerFailure.class::isInstance);
  }

  /** One who announces, and whose request has come. */
  private Thread caller(URI tracker, int before) {
    Thread caller =
        Thread.startVirtualThread(() -> {
          try {
            transport.announce(tracker, Asked.announce(), Duration.ofMinutes(5));
          } catch (TrackerFailure | InterruptedException e) {
            ended.add(e);
          }
        });
    while (requests.size() == before) {
      Thread.onSpinWait();
    }
    return caller;
  }
}
