package dev.muster.checks.load;

import dev.muster.protocol.id.InfoHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One connection's place: request, response, request. Belongs to one thread. */
final class HttpExchange {
  private static final Pattern LENGTH =
      Pattern.compile("\r\ncontent-length: *(\\d+)\r\n", Pattern.CASE_INSENSITIVE);
  private static final Pattern PEERS = Pattern.compile("5:peers(\\d+):");

  private final Selector selector;
  private final InetSocketAddress server;
  private final InetAddress source;
  private final boolean keepAlive;
  private final Workload workload;
  private final Tally tally;
  private final ByteBuffer in = ByteBuffer.allocate(16_384);
  private ByteBuffer out = ByteBuffer.allocate(0);
  private @Nullable SocketChannel channel;
  private boolean busy;
  private long due;
  private long started;

  HttpExchange(
      Selector selector,
      InetSocketAddress server,
      InetAddress source,
      boolean keepAlive,
      Workload workload,
      Tally tally) {
    this.selector = selector;
    this.server = server;
    this.source = source;
    this.keepAlive = keepAlive;
    this.workload = workload;
    this.tally = tally;
  }

  boolean isIdle() {
    return !busy;
  }

  void start(long due, long now) throws IOException {
    this.due = due;
    this.started = now;
    busy = true;
    out = ByteBuffer.wrap(request().getBytes(StandardCharsets.US_ASCII));
    in.clear();
    SocketChannel open = channel;
    if (open != null) {
      write(open);
      return;
    }
    SocketChannel fresh = SocketChannel.open();
    channel = fresh;
    fresh.configureBlocking(false);
    fresh.bind(new InetSocketAddress(source, 0));
    boolean connected = fresh.connect(server);
    fresh.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
    if (connected) {
      write(fresh);
    }
  }

  private String request() {
    InfoHash hash = workload.hash();
    int port = workload.port();
    return "GET /announce?info_hash="
        + hash.toString().replaceAll("..", "%$0")
        + "&peer_id=-MB0001-%05d0000000&port=".formatted(port)
        + port
        + "&uploaded=0&downloaded=0&left="
        + workload.left()
        + "&compact=1 HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: load\r\n"
        + (keepAlive ? "\r\n" : "Connection: close\r\n\r\n");
  }

  void ready(int operations) {
    SocketChannel open = channel;
    if (open == null) {
      return;
    }
    try {
      if ((operations & SelectionKey.OP_CONNECT) != 0) {
        open.finishConnect();
        open.register(selector, SelectionKey.OP_READ, this);
      }
      if (out.hasRemaining()) {
        write(open);
      }
      if ((operations & SelectionKey.OP_READ) != 0) {
        read(open);
      }
    } catch (IOException e) {
      fail();
    }
  }

  void giveUpIfLate(long now) {
    if (busy && now - started > Load.PATIENCE_NANOS) {
      fail();
    }
  }

  private void write(SocketChannel open) throws IOException {
    open.write(out);
    if (out.hasRemaining()) {
      open.register(selector, SelectionKey.OP_READ | SelectionKey.OP_WRITE, this);
    }
  }

  private void read(SocketChannel open) throws IOException {
    int count = open.read(in);
    String text = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
    int head = text.indexOf("\r\n\r\n");
    Matcher length = LENGTH.matcher(text);
    if (head >= 0 && length.find()) {
      int end = head + 4 + Integer.parseInt(length.group(1));
      if (in.position() >= end) {
        finish(text.substring(head + 4, end));
        return;
      }
    }
    if (count < 0) {
      fail();
    }
  }

  private void finish(String body) {
    busy = false;
    Matcher peers = PEERS.matcher(body);
    if (peers.find()) {
      tally.answered(System.nanoTime() - due, Integer.parseInt(peers.group(1)) / 6);
    } else {
      tally.refused();
    }
    if (!keepAlive) {
      closeChannel();
    }
  }

  private void fail() {
    if (busy) {
      tally.lost();
    }
    busy = false;
    closeChannel();
  }

  private void closeChannel() {
    SocketChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
