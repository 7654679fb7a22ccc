package dev.muster.server.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Compresses bodies (RFC 1952) into an array that is used again. One for each event loop. */
final class GzipBody {
  /** What is shorter goes into one packet anyway. */
  static final int WORTH_FROM = 1024;

  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
  private static final int TRAILER = 8;

  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private final CRC32 crc = new CRC32();
  private byte[] out = new byte[0];

  byte[] array() {
    return out;
  }

  /** The length of the compressed body in {@link #array()}; -1 if it would not pay. */
  int compress(byte[] body, int length) {
    int most = length - length / 10;
    if (out.length < most) {
      out = new byte[most];
    }
    deflater.reset();
    deflater.setInput(body, 0, length);
    deflater.finish();
    System.arraycopy(HEADER, 0, out, 0, HEADER.length);
    int end = HEADER.length + deflater.deflate(out, HEADER.length, most - HEADER.length - TRAILER);
    if (!deflater.finished()) {
      return -1;
    }
    crc.reset();
    crc.update(body, 0, length);
    ByteBuffer.wrap(out, end, TRAILER)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) crc.getValue())
        .putInt(length);
    return end + TRAILER;
  }

  /** Whether the client takes it (RFC 9110 §12.5.3). */
  static boolean acceptedBy(HttpHeaders headers) {
    String accepted = headers.get(HttpHeaderNames.ACCEPT_ENCODING);
    if (accepted == null) {
      return false;
    }
    for (String coding : accepted.toLowerCase(Locale.ROOT).split(",", 20)) {
      String[] parts = coding.split(";", 2);
      if (parts[0].strip().equals("gzip")) {
        return parts.length == 1 || !parts[1].replace(" ", "").matches("q=0(\\.0*)?");
      }
    }
    return false;
  }

  void release() {
    deflater.end();
  }
}
