package dev.muster.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.SocketFactory;

/**
 * The training run of the AOT cache (JEP 514, 515): starts the tracker on loopback with a JVM that
 * watches, asks at every door, and stops it; the JVM then writes down the classes that took and how
 * often each method ran. {@code ./muster} runs this once for each build and JDK.
 */
final class TrainingRun {
  /** Enough that what every packet passes is known to be hot; more would only make it longer. */
  private static final int ROUNDS = 100;

  private static final int TIMEOUT_MILLIS = 10_000;
  private static final long END_SECONDS = 120; // the JVM writes the cache; 3 s on an idle machine
  private static final long CONNECT = 0x41727101980L; // BEP 15
  private static final String INFO_HASH = "a-swarm-for-training";
  private static final String PEER_ID = "-XX0001-for-training";

  /** Runs it; the arguments are the command that stands before {@code serve}. */
  public static void main(String[] command) throws Exception {
    Path directory = Files.createTempDirectory("muster-training");
    try {
      run(List.of(command), directory, TrainingCertificate.make(directory));
    } finally {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  private static void run(List<String> command, Path directory, TrainingCertificate certificate)
      throws IOException, InterruptedException {
    List<String> whole = new ArrayList<>(command);
    whole.add("serve");
    for (String door : List.of("--http", "--https", "--udp", "--admin")) {
      whole.addAll(List.of(door, "127.0.0.1:0"));
    }
    whole.addAll(List.of("--set", "tls.certificate=" + certificate.certificate()));
    whole.addAll(List.of("--set", "tls.key=" + certificate.key()));
    whole.addAll(List.of("--set", "state.directory=" + directory));
    Process tracker =
        new ProcessBuilder(whole).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      ask(tracker, certificate.client());
      tracker.destroy();
      if (!tracker.waitFor(END_SECONDS, TimeUnit.SECONDS) || tracker.exitValue() != 0) {
        throw new IOException("the tracker did not end well");
      }
    } finally {
      tracker.destroyForcibly();
    }
  }

  private static void ask(Process tracker, SocketFactory tls) throws IOException {
    Map<String, InetSocketAddress> told = told(tracker.inputReader(UTF_8));
    askUdp(at("udp", told));
    String announce =
        "/announce?info_hash=%s&peer_id=%s&left=1&uploaded=0&downloaded=0&compact=1&numwant=50&port="
            .formatted(INFO_HASH, PEER_ID);
    SocketFactory plain = SocketFactory.getDefault();
    askHttp(plain, at("http", told), announce, ROUNDS);
    askHttp(plain, at("http", told), "/scrape?info_hash=" + INFO_HASH + "&at=", ROUNDS / 10);
    for (int i = 1; i <= ROUNDS / 10; i++) {
      askHttp(plain, at("http", told), announce + i + "&unused=", 1);
      askHttp(tls, at("https", told), announce + i + "&unused=", 2);
    }
    for (String page : List.of("healthz", "metrics", "stats.json", "")) {
      askHttp(plain, at("operator", told), "/" + page + "?", 2);
    }
  }

  /** What the tracker says it answers at, by the word or, for announces, by the scheme. */
  private static Map<String, InetSocketAddress> told(BufferedReader lines) throws IOException {
    Map<String, InetSocketAddress> told = new HashMap<>();
    while (!told.keySet().containsAll(Set.of("operator", "udp", "http", "https"))) {
      String line = lines.readLine();
      if (line == null) {
        throw new IOException("the tracker did not say where it answers");
      }
      String[] words = line.strip().split(" +");
      if (words.length == 2 && words[1].contains("://")) {
        URI url = URI.create(words[1]);
        told.put(
            words[0].equals("announce") ? url.getScheme() : words[0],
            new InetSocketAddress(url.getHost(), url.getPort()));
      }
    }
    return told;
  }

  private static InetSocketAddress at(String door, Map<String, InetSocketAddress> told) {
    return Objects.requireNonNull(told.get(door), door);
  }

  private static void askUdp(InetSocketAddress tracker) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(tracker);
      for (int round = 1; round <= ROUNDS; round++) {
        ByteBuffer connect = ByteBuffer.allocate(16).putLong(CONNECT).putInt(0).putInt(round);
        long connection = exchange(socket, connect).getLong(8);
        ByteBuffer announce = ByteBuffer.allocate(98).putLong(connection).putInt(1).putInt(round);
        announce.put(INFO_HASH.getBytes(US_ASCII)).put(PEER_ID.getBytes(US_ASCII));
        announce.putLong(64, 1); // left
        announce.putInt(92, -1).putShort(96, (short) round); // numwant, port
        exchange(socket, announce);
        ByteBuffer scrape = ByteBuffer.allocate(36).putLong(connection).putInt(2).putInt(round);
        exchange(socket, scrape.put(INFO_HASH.getBytes(US_ASCII)));
      }
    }
  }

  private static ByteBuffer exchange(DatagramSocket socket, ByteBuffer request) throws IOException {
    socket.send(new DatagramPacket(request.array(), request.capacity()));
    DatagramPacket reply = new DatagramPacket(new byte[2048], 2048);
    try {
      socket.receive(reply);
    } catch (SocketTimeoutException e) {
      throw new IOException("no answer over UDP", e);
    }
    return ByteBuffer.wrap(reply.getData(), 0, reply.getLength());
  }

  /** Asks on one connection, each time with another number behind the target. */
  private static void askHttp(
      SocketFactory sockets, InetSocketAddress tracker, String target, int times)
      throws IOException {
    try (Socket socket = sockets.createSocket(tracker.getAddress(), tracker.getPort())) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      InputStream in = socket.getInputStream();
      for (int i = 1; i <= times; i++) {
        String request =
            "GET "
                + target
                + i
                + " HTTP/1.1\r\nHost: 127.0.0.1:"
                + tracker.getPort()
                + "\r\nUser-Agent: training/1.0\r\nAccept-Encoding: gzip\r\nConnection: "
                + (i < times ? "keep-alive" : "close")
                + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        if (i < times) {
          in.readNBytes(lengthOfBody(in));
        } else {
          in.readAllBytes();
        }
      }
    }
  }

  /** Reads the head of an answer; what its Content-Length says. */
  private static int lengthOfBody(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the answer ended early: " + head);
      }
      head.append((char) next);
    }
    return head.toString()
        .lines()
        .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
        .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
        .findFirst()
        .orElse(0);
  }

  private TrainingRun() {}
}
