package dev.muster.checks.endtoend;

import dev.muster.protocol.udp.UdpRequest;
import dev.muster.protocol.udp.UdpResponse;
import dev.muster.server.TrackerServer;
import dev.muster.server.config.ConfigReader;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Run as root of a network of its own: gives it addresses, runs a tracker that listens on all of
 * them, and asks it at each from another; then with an address that came while it ran.
 */
final class MultiHomedHost {
  static final List<String> ADDRESSES = List.of("10.9.0.1", "10.9.0.2", "fd00:9::1", "fd00:9::2");
  private static final String LATER_IPV4 = "10.9.0.3";
  private static final String LATER_IPV6 = "fd00:9::3";
  private static final int PATIENCE_MILLIS = 1_000;
  private static final int TRIES = 60;

  public static void main(String[] arguments) throws Exception {
    ADDRESSES.forEach(MultiHomedHost::add);
    String settings =
        """
        http.listen = []
        admin.listen = "off"
        state.directory = "state"
        udp.listen = [":0"]
        udp.threads = 2
        udp.io = "%s"
        """
            .formatted(arguments[0]);
    try (TrackerServer tracker =
        TrackerServer.start(new ConfigReader().toml("test", settings).read(), "test")) {
      int port = tracker.udpAddresses().getFirst().getPort();
      for (String asked : ADDRESSES) {
        for (String from : ADDRESSES) {
          ask(from, asked, port);
        }
      }
      add(LATER_IPV4);
      add(LATER_IPV6);
      ask("10.9.0.1", LATER_IPV4, port);
      ask("fd00:9::1", LATER_IPV6, port);
      run("ip", "address", "del", LATER_IPV4 + "/32", "dev", "lo");
      ask("10.9.0.1", "10.9.0.2", port);
    }
    System.out.println("every reply left from the address that was asked");
  }

  /** A connected socket hears nobody but whom it asks. */
  private static void ask(String from, String asked, int port) throws IOException {
    if (from.contains(":") != asked.contains(":")) {
      return;
    }
    try (DatagramSocket client = new DatagramSocket(new InetSocketAddress(from, 0))) {
      client.connect(new InetSocketAddress(InetAddress.getByName(asked), port));
      client.setSoTimeout(PATIENCE_MILLIS);
      byte[] connect = new UdpRequest.Connect(1).encode();
      for (int tries = 0; tries < TRIES; tries++) {
        client.send(new DatagramPacket(connect, connect.length));
        DatagramPacket reply = new DatagramPacket(new byte[100], 100);
        try {
          client.receive(reply);
          ByteBuffer bytes = ByteBuffer.wrap(reply.getData(), 0, reply.getLength());
          if (UdpResponse.decode(bytes, false).orElseThrow() instanceof UdpResponse.Connected) {
            return;
          }
        } catch (SocketTimeoutException unheard) {
          // an address that has just come may not have been noticed yet
        }
      }
      throw new AssertionError(from + " asked " + asked + " and heard nothing from there");
    }
  }

  private static void add(String address) {
    if (address.contains(":")) {
      run("ip", "address", "add", address + "/128", "dev", "lo", "nodad");
    } else {
      run("ip", "address", "add", address + "/32", "dev", "lo");
    }
  }

  private static void run(String... command) {
    try {
      int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (exit != 0) {
        throw new AssertionError(String.join(" ", command) + " ended with " + exit);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private MultiHomedHost() {}
}
