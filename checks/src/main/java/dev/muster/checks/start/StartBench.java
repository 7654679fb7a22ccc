package dev.muster.checks.start;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The command {@code checks/bench start}: how long the program takes from its exec to the first
 * answer at each door, and from SIGTERM to its end.
 *
 * <p>A thread a door asks once a millisecond until it is answered, and looks at the answer: a BEP
 * 15 connect response to its own transaction, a bencoded announce response, an {@code ok}. Over
 * HTTPS the handshake is a whole one, with a certificate made for this. The state's directory is
 * kept from run to run, as an operator's is.
 */
public final class StartBench {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final long PAUSE_NANOS = 1_000_000;
  private static final long LIMIT_NANOS = 60_000_000_000L;
  private static final String ANNOUNCE =
      "GET /announce?info_hash=start-of-the-tracker&peer_id=-XX0001-startbench01&port=6881&left=1"
          + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  private static final String HEALTH =
      "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";

  /** Milliseconds of one run: doors in the order of the rows, the last of them, the end. */
  private record Run(double udp, double http, double https, double operator, double end) {
    double all() {
      return Math.max(Math.max(udp, http), Math.max(https, operator));
    }
  }

  /** The arguments: {@code ./muster}, how many runs (20), another command to put before serve. */
  public static void main(String[] arguments) throws Exception {
    int runs = arguments.length < 2 ? 20 : Integer.parseInt(arguments[1]);
    List<String> command =
        arguments.length < 3
            ? List.of(arguments[0])
            : List.of(arguments).subList(2, arguments.length);
    Path state = Files.createTempDirectory("muster-start");
    Certificate certificate = Certificate.make(state);
    List<Run> took = new ArrayList<>();
    try (ExecutorService askers = Executors.newCachedThreadPool()) {
      run(
          command,
          state,
          certificate,
          askers); // makes the files of the first use, and warms this program up
      for (int i = 0; i < runs; i++) {
        took.add(run(command, state, certificate, askers));
      }
    } finally {
      certificate.delete();
      Files.deleteIfExists(state.resolve("connection-key"));
      Files.deleteIfExists(state);
    }
    System.out.printf("%-28s %8s %8s %8s   ms, %d runs%n", "", "median", "least", "most", runs);
    row("exec to UDP connect", took.stream().map(Run::udp).toList());
    row("exec to HTTP announce", took.stream().map(Run::http).toList());
    row("exec to HTTPS announce", took.stream().map(Run::https).toList());
    row("exec to operator's /healthz", took.stream().map(Run::operator).toList());
    row("exec to the last of them", took.stream().map(Run::all).toList());
    row("SIGTERM to exit", took.stream().map(Run::end).toList());
  }

  private static void row(String what, List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "%-28s %8.0f %8.0f %8.0f%n",
        what,
        sorted.get(sorted.size() / 2),
        sorted.getFirst(),
        sorted.getLast());
  }

  private static Run run(
      List<String> command, Path state, Certificate certificate, ExecutorService askers)
      throws Exception {
    int udp = freePort();
    int http = freePort();
    int https = freePort();
    int operator = freePort();
    List<String> whole = new ArrayList<>(command);
    whole.addAll(List.of("serve", "--udp", "127.0.0.1:" + udp, "--http", "127.0.0.1:" + http));
    whole.addAll(List.of("--https", "127.0.0.1:" + https));
    whole.addAll(List.of("--set", "tls.certificate=" + certificate.certificate()));
    whole.addAll(List.of("--set", "tls.key=" + certificate.key()));
    whole.addAll(List.of("--admin", "127.0.0.1:" + operator));
    whole.addAll(List.of("--set", "state.directory=" + state));
    ProcessBuilder builder =
        new ProcessBuilder(whole).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Path said = Files.createTempFile("muster-start", ".txt");
    builder.redirectError(said.toFile());
    long exec = System.nanoTime();
    Process process = builder.start();
    try {
      Future<Long> connected = askers.submit(asker(process, () -> udpConnect(udp)));
      Future<Long> announced =
          askers.submit(asker(process, () -> ask(plain(http), ANNOUNCE).contains("8:interval")));
      Future<Long> secured =
          askers.submit(
              asker(
                  process, () -> ask(certificate.connect(https), ANNOUNCE).contains("8:interval")));
      Future<Long> healthy =
          askers.submit(asker(process, () -> ask(plain(operator), HEALTH).contains("200 OK")));
      double udpMillis = (connected.get() - exec) / 1e6;
      double httpMillis = (announced.get() - exec) / 1e6;
      double httpsMillis = (secured.get() - exec) / 1e6;
      double operatorMillis = (healthy.get() - exec) / 1e6;
      long told = System.nanoTime();
      process.destroy();
      if (!process.waitFor(LIMIT_NANOS, TimeUnit.NANOSECONDS)) {
        throw new IOException("it does not end");
      }
      double endMillis = (System.nanoTime() - told) / 1e6;
      return new Run(udpMillis, httpMillis, httpsMillis, operatorMillis, endMillis);
    } catch (ExecutionException e) {
      throw new IOException(e.getMessage() + ": " + Files.readString(said), e);
    } finally {
      process.destroyForcibly();
      Files.delete(said);
    }
  }

  /** Asks until there is an answer, and says when that was. */
  private static Callable<Long> asker(Process process, Callable<Boolean> question) {
    return () -> {
      long start = System.nanoTime();
      while (!question.call()) {
        if (!process.isAlive() || System.nanoTime() - start > LIMIT_NANOS) {
          throw new IOException("no answer");
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      return System.nanoTime();
    };
  }

  private static boolean udpConnect(int port) throws IOException {
    byte[] request =
        ByteBuffer.allocate(16).putLong(0x41727101980L).putInt(0).putInt(0x57a27).array();
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(20);
      socket.connect(LOOPBACK, port); // to be told at once that nobody listens
      DatagramPacket reply = new DatagramPacket(new byte[100], 100);
      socket.send(new DatagramPacket(request, request.length));
      socket.receive(reply);
      ByteBuffer bytes = ByteBuffer.wrap(reply.getData(), 0, reply.getLength());
      return bytes.remaining() == 16 && bytes.getInt() == 0 && bytes.getInt() == 0x57a27;
    } catch (PortUnreachableException | SocketTimeoutException e) {
      return false;
    }
  }

  private static Callable<Socket> plain(int port) {
    return () -> new Socket(LOOPBACK, port);
  }

  private static String ask(Callable<Socket> connect, String request) throws Exception {
    try (Socket socket = connect.call()) {
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    } catch (IOException e) {
      return ""; // nobody listens, or only for a moment to find the port free
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket tcp = new ServerSocket(0, 1, LOOPBACK)) {
      return tcp.getLocalPort();
    }
  }

  private StartBench() {}
}
