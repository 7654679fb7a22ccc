package dev.muster.checks.compare;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A contender that serves, until it is closed. */
final class Serving implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;
  private static final int FIRST_WORDS = 3;

  private final Contender contender;
  private final Setting setting;
  private final Process process;

  private Serving(Contender contender, Setting setting, Process process) {
    this.contender = contender;
    this.setting = setting;
    this.process = process;
  }

  /**
   * Starts it and waits until it answers.
   *
   * @return nothing if its program is not to be found
   * @throws IOException with its first words if it does not come to serve
   */
  static Optional<Serving> start(Contender contender, Door door, Options options, Path root)
      throws IOException {
    Path scratch = Files.createTempDirectory("muster-bench");
    boolean twice = contender.name().endsWith("-2");
    Setting setting =
        new Setting(
            door,
            freePort(),
            freePort(),
            options.threads(),
            root,
            options.peersDirectory(),
            scratch);
    Optional<List<String>> command = contender.recipe().command(setting);
    if (command.isEmpty()) {
      remove(scratch);
      return Optional.empty();
    }
    String cores = options.serverCores();
    List<String> words =
        new ArrayList<>(Cores.pinned(twice ? cores + "," + options.loadCores() : cores));
    words.addAll(command.get());
    Process process =
        new ProcessBuilder(words)
            .directory(scratch.toFile())
            .redirectErrorStream(true)
            .redirectOutput(scratch.resolve("output").toFile())
            .start();
    Serving serving = new Serving(contender, setting, process);
    try {
      serving.awaitAnswer();
    } catch (IOException e) {
      serving.close();
      throw e;
    }
    return Optional.of(serving);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitAnswer() throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end && process.isAlive()) {
      if (setting.door() == Door.UDP ? answersUdp() : answersTcp()) {
        return;
      }
    }
    List<String> lines = Files.readAllLines(setting.scratch().resolve("output"));
    throw new IOException(
        "did not come to serve: "
            + String.join(" | ", lines.subList(0, Math.min(lines.size(), FIRST_WORDS))));
  }

  private boolean answersUdp() throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(InetAddress.getLoopbackAddress(), setting.port());
      socket.setSoTimeout(100);
      byte[] connect = ByteBuffer.allocate(16).putLong(0x41727101980L).putLong(7).array();
      try {
        socket.send(new DatagramPacket(connect, connect.length));
        socket.receive(new DatagramPacket(new byte[16], 16));
        return true;
      } catch (SocketTimeoutException e) {
        return false;
      } catch (IOException e) { // nobody there: look again a little later, without a busy loop
        return pauseBriefly();
      }
    }
  }

  private boolean answersTcp() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), setting.port()), 100);
      return true;
    } catch (IOException e) {
      return pauseBriefly();
    }
  }

  private boolean pauseBriefly() throws IOException {
    try {
      return process.waitFor(50, TimeUnit.MILLISECONDS) && process.isAlive();
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }

  Contender contender() {
    return contender;
  }

  /** As the generator takes it. */
  String address() {
    return "127.0.0.1:" + setting.port();
  }

  /** The same, with the HTTP port that Muster has besides. */
  Serving besides() {
    Setting http =
        new Setting(
            Door.HTTP,
            setting.httpPort(),
            0,
            setting.threads(),
            setting.root(),
            setting.peersDirectory(),
            setting.scratch());
    return new Serving(contender, http, process);
  }

  long pid() {
    return process.pid();
  }

  long residentBytes() throws IOException {
    return ProcessCpu.residentBytes(pid());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      remove(setting.scratch());
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      System.err.println("bench: " + e.getMessage());
    }
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.toList().reversed()) {
        Files.delete(file);
      }
    }
  }
}
