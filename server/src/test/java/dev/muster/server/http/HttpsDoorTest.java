package dev.muster.server.http;

import static dev.muster.server.http.Rig.ANNOUNCE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.muster.protocol.announce.Refusal;
import dev.muster.protocol.http.TrackerResponse;
import dev.muster.server.tls.TestFiles;
import dev.muster.server.tls.TlsException;
import dev.muster.server.tls.TlsFiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.SplittableRandom;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The door behind TLS, met by clients that speak it and by those that do not. */
@Timeout(60)
class HttpsDoorTest {
  private static final String REQUEST = "GET " + ANNOUNCE + " HTTP/1.1\r\nHost: t\r\n\r\n";

  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final SSLContext trusting = TestFiles.trusting("ec.crt");
  private Rig rig;

  @BeforeEach
  void open() throws IOException {
    logged.start();
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(logged);
    rig = Rig.open(s -> Rig.secured(s, TestFiles.pair("ec")));
  }

  @AfterEach
  void close() throws IOException {
    rig.assertAnswersAsBefore();
    rig.close();
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAppender(logged);
    assertThat(logged.list)
        .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .isEmpty();
  }

  private InetSocketAddress secured() {
    return rig.door.tlsAddresses().getFirst();
  }

  private RawClient client() throws IOException {
    return client(trusting, "TLSv1.3", "TLSv1.2");
  }

  private RawClient client(SSLContext context, String... protocols) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(secured().getAddress(), secured().getPort());
    socket.setEnabledProtocols(protocols);
    return new RawClient(socket);
  }

  @Test
  void aPeerBehindTlsIsFiledAndServedLikeAnyOther() throws IOException {
    rig.get(ANNOUNCE.replace("port=6881", "port=7000"));
    try (RawClient client = client()) {
      TrackerResponse.Announced announced = client.get(ANNOUNCE).announced();
      assertThat(announced.leechers()).as("one swarm").hasValue(2);
      assertThat(announced.externalIp()).map(Object::toString).contains("127.0.0.1");
      for (int i = 0; i < 10; i++) {
        assertThat(client.get(ANNOUNCE).status()).isEqualTo(200);
      }
      assertThat(rig.door.connections()).isEqualTo(1);
    }
    assertThat(rig.meter.announces(false)).isEqualTo(12);
    assertThat(rig.swarms.announces()).hasSize(12);
  }

  @Test
  void aClientOfTheJdkAnnounces() throws Exception {
    try (HttpClient client = HttpClient.newBuilder().sslContext(trusting).build()) {
      URI uri = URI.create("https://localhost:" + secured().getPort() + ANNOUNCE);
      for (int i = 0; i < 3; i++) {
        HttpResponse<byte[]> answer =
            client.send(
                HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(TrackerResponse.ofAnnounce(answer.body()))
            .isInstanceOf(TrackerResponse.Announced.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void aSecondConnectionResumesTheSession(String version) throws IOException {
    long created;
    try (RawClient client = client(trusting, version)) {
      assertThat(client.get(ANNOUNCE).status()).isEqualTo(200);
      created = ((SSLSocket) client.socket()).getSession().getCreationTime();
    }
    Rig.await("the clock has moved", () -> System.currentTimeMillis() > created + 2);
    try (RawClient client = client(trusting, version)) {
      assertThat(client.get(ANNOUNCE).status()).isEqualTo(200);
      assertThat(((SSLSocket) client.socket()).getSession().getCreationTime())
          .as("the second session is the first one")
          .isEqualTo(created);
    }
    SSLContext another = TestFiles.trusting("ec.crt");
    try (RawClient client = client(another, version)) {
      assertThat(client.get(ANNOUNCE).status()).isEqualTo(200);
      assertThat(((SSLSocket) client.socket()).getSession().getCreationTime())
          .as("one that cannot be")
          .isGreaterThan(created);
    }
  }

  @Test
  void versionsBefore12AreRefused() throws Exception {
    try (Socket socket = new Socket(secured().getAddress(), secured().getPort())) {
      byte[] hello = new byte[5 + 4 + 2 + 32 + 1 + 2 + 2 + 2]; // of TLS 1.0, one suite
      hello[0] = 0x16;
      hello[1] = 3;
      hello[2] = 1;
      hello[4] = (byte) (hello.length - 5);
      hello[5] = 1;
      hello[8] = (byte) (hello.length - 9);
      hello[9] = 3;
      hello[10] = 1;
      hello[45] = 2;
      hello[47] = 0x2f;
      hello[48] = 1;
      socket.getOutputStream().write(hello);
      byte[] alert = socket.getInputStream().readAllBytes();
      assertThat(alert).startsWith(0x15, 3).hasSize(7);
      assertThat(alert[5]).as("fatal").isEqualTo((byte) 2);
    }
    Rig.await("it is counted", () -> rig.refused(Refusal.TLS) == 1);
  }

  @Test
  void aConnectionIsClosedOrderlyAfterTheLastAnswer() throws IOException {
    try (RawClient client = client()) {
      Answer answer = client.send(REQUEST.replace("Host: t", "Connection: close")).read();
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(client.socket().getInputStream().read()).isEqualTo(-1); // else it throws
    }
  }

  @Test
  void aRefusedClientGetsItsAnswerHoweverMuchItSends() throws IOException {
    try (RawClient client = client()) {
      Answer answer =
          client.sendWhileTaken(("GET /" + "x".repeat(1 << 20)).getBytes(US_ASCII)).read();
      assertThat(answer.status()).isEqualTo(414);
      assertThat(client.isClosed()).isTrue();
    }
    assertThat(rig.refused(Refusal.TOO_LARGE)).isEqualTo(1);
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws IOException {
    try (RawClient client = client()) {
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < 2000; i++) {
        requests.append("GET /x").append(i).append(" HTTP/1.1\r\n\r\n");
      }
      Thread.ofVirtual().start(() -> client.sendWhileTaken(requests.toString().getBytes(US_ASCII)));
      for (int i = 0; i < 2000; i++) {
        assertThat(client.read().text()).contains("'/x" + i + "'");
      }
    }
  }

  // -- who does not speak it

  @Test
  void plainHttpIsToldToUseTls() throws IOException {
    try (RawClient client = new RawClient(secured())) {
      Answer answer = client.send(REQUEST).read();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text()).contains("TLS").contains("https://");
      assertThat(client.isClosed()).isTrue();
    }
    assertThat(rig.refused(Refusal.MALFORMED)).isEqualTo(1);
    assertThat(rig.swarms.announces()).isEmpty();
  }

  @Test
  void thePlainPortStaysPlain() throws IOException {
    assertThat(rig.get(ANNOUNCE).status()).isEqualTo(200);
    try (SSLSocket socket =
        (SSLSocket)
            trusting
                .getSocketFactory()
                .createSocket(rig.address().getAddress(), rig.address().getPort())) {
      assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
    }
  }

  @Test
  void garbageIsEndedCalmly() throws IOException {
    long seed = 815;
    SplittableRandom random = new SplittableRandom(seed);
    Junk.sendTo(
        secured(),
        random,
        200,
        junk -> {
          byte[] nearly = {0x16, 3, (byte) random.nextInt(5)};
          System.arraycopy(nearly, 0, junk, 0, Math.min(junk.length, nearly.length));
        });
    assertThat(rig.refused(Refusal.INTERNAL)).as("seed %d", seed).isZero();
    assertThat(rig.refused(Refusal.TLS)).isPositive();
    assertThat(rig.refused(Refusal.MALFORMED)).isPositive();
  }

  @Test
  void bytesThatWereTamperedWithEndTheConnection() throws IOException {
    try (RawClient client = client()) {
      assertThat(client.get(ANNOUNCE).status()).isEqualTo(200);
    }
    try (Relay relay = new Relay(secured());
        RawClient client = new RawClient(relay.connect(trusting))) {
      assertThat(client.get(ANNOUNCE).status()).isEqualTo(200);
      relay.tamper();
      client.sendWhileTaken(REQUEST.getBytes(ISO_8859_1));
      assertThat(client.isClosed()).isTrue();
    }
    Rig.await("it is counted", () -> rig.refused(Refusal.TLS) == 1);
  }

  @Test
  void aClientThatDoesNotTrustTheCertificateIsCounted() throws IOException {
    assertThatThrownBy(() -> client(TestFiles.trusting("rsa.crt"), "TLSv1.3").get(ANNOUNCE))
        .isInstanceOf(SSLException.class);
    Rig.await("it is counted", () -> rig.refused(Refusal.TLS) == 1);
  }

  // -- limits

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 100})
  void aHandshakeThatDoesNotEndIsCutOff(int bytes) throws IOException {
    rig.close();
    rig =
        Rig.open(s ->
            Rig.timeouts(
                Rig.secured(s, TestFiles.pair("ec")),
                Duration.ofMillis(300),
                Duration.ofMillis(600)));
    byte[] hello = new byte[bytes];
    if (bytes > 0) {
      hello[0] = 0x16;
    }
    if (bytes > 4) {
      hello[1] = 3;
      hello[2] = 3;
      hello[4] = (byte) 200;
    }
    try (RawClient client = new RawClient(secured())) {
      client.send(hello);
      assertThat(client.isClosed()).isTrue();
    }
    assertThat(rig.refused(Refusal.TOO_SLOW)).isEqualTo(bytes == 0 ? 0 : 1);
  }

  @Test
  void theLimitOfConnectionsIsOfBothPortsTogether() throws IOException {
    rig.close();
    rig = Rig.open(s -> Rig.connections(Rig.secured(s, TestFiles.pair("ec")), 2));
    try (RawClient plain = rig.client();
        RawClient tls = client()) {
      assertThat(plain.get(ANNOUNCE).status()).isEqualTo(200);
      assertThat(tls.get(ANNOUNCE).status()).isEqualTo(200);
      try (RawClient third = new RawClient(secured())) {
        assertThat(third.isClosed()).isTrue();
      }
      assertThat(rig.refused(Refusal.TOO_MANY_CONNECTIONS)).isEqualTo(1);
    }
    Rig.await("there is room again", () -> rig.door.connections() == 0);
  }

  @Test
  void theDoorClosesWithTlsConnectionsOpen() throws IOException {
    Rig closing = Rig.open(s -> Rig.secured(s, TestFiles.pair("ec")));
    InetSocketAddress secured = closing.door.tlsAddresses().getFirst();
    try (RawClient idle =
            new RawClient(
                trusting.getSocketFactory().createSocket(secured.getAddress(), secured.getPort()));
        RawClient silent = new RawClient(secured)) {
      assertThat(idle.get(ANNOUNCE).status()).isEqualTo(200);
      Rig.await("the silent one is accepted", () -> closing.door.connections() == 2);
      closing.close();
      assertThat(idle.isClosed()).isTrue();
      assertThat(silent.isClosed()).isTrue();
    }
  }

  // -- proxies

  @Test
  void aTrustedProxyIsBelievedBehindTlsToo() throws IOException {
    try (Rig proxied =
        Rig.open(s ->
            Rig.addresses(
                Rig.secured(s, TestFiles.pair("ec")),
                AddressSource.X_FORWARDED_FOR,
                false,
                "127.0.0.1"))) {
      InetSocketAddress secured = proxied.door.tlsAddresses().getFirst();
      try (RawClient client =
          new RawClient(
              trusting.getSocketFactory().createSocket(secured.getAddress(), secured.getPort()))) {
        client.send(REQUEST.replace("Host: t", "X-Forwarded-For: 192.0.2.3")).read();
      }
      assertThat(proxied.swarms.last().address()).hasToString("192.0.2.3");
    }
  }

  @Test
  void aProxyHeaderComesBeforeTheHandshake() throws IOException {
    try (Rig proxied =
        Rig.open(s ->
            Rig.addresses(
                Rig.secured(s, TestFiles.pair("ec")),
                AddressSource.PROXY_PROTOCOL,
                false,
                "127.0.0.1"))) {
      InetSocketAddress secured = proxied.door.tlsAddresses().getFirst();
      Socket plain = new Socket(secured.getAddress(), secured.getPort());
      plain.getOutputStream().write("PROXY TCP4 192.0.2.9 127.0.0.1 1 2\r\n".getBytes(US_ASCII));
      try (RawClient client =
          new RawClient(trusting.getSocketFactory().createSocket(plain, "localhost", 443, true))) {
        assertThat(client.get(ANNOUNCE).announced().externalIp())
            .map(Object::toString)
            .contains("192.0.2.9");
      }
    }
  }

  @Test
  void withoutAGoodCertificateTheDoorDoesNotOpen() {
    TlsFiles wrong = new TlsFiles(TestFiles.path("ec.crt"), TestFiles.path("rsa.key"));
    assertThatThrownBy(() -> Rig.open(s -> Rig.secured(s, wrong)))
        .isInstanceOf(TlsException.class)
        .hasMessageContaining("not the key of the first certificate");
  }

  @Test
  void aDoorMayHaveTlsOnly() throws IOException {
    try (Rig only = Rig.open(s -> Rig.listening(Rig.secured(s, TestFiles.pair("rsa"))))) {
      assertThat(only.door.addresses()).isEmpty();
      InetSocketAddress secured = only.door.tlsAddresses().getFirst();
      try (RawClient client =
          new RawClient(
              TestFiles.trusting("rsa.crt")
                  .getSocketFactory()
                  .createSocket(secured.getAddress(), secured.getPort()))) {
        assertThat(client.get(ANNOUNCE).status()).isEqualTo(200);
      }
    }
  }
}
