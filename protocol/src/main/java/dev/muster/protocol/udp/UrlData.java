package dev.muster.protocol.udp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The path and query that a UDP announce is meant for (BEP 41), among the options that follow it:
 *
 * <pre>
 *   00                      end of options
 *   01                      nothing
 *   02  length  bytes...    URL data; several blocks make one text
 *   xx  length  bytes...    unknown, skipped
 * </pre>
 *
 * <p>Read with tolerance, since clients sent other things there long before BEP 41 (aria2: two zero
 * bytes): whatever does not fit into the packet is as good as absent.
 */
final class UrlData {
  static final int MAX_BLOCK = 255;

  private static final int END = 0;
  private static final int NOTHING = 1;
  private static final int URL_DATA = 2;

  private UrlData() {}

  /** Bytes of URL data among the options from {@code from} to before {@code end}. */
  static int length(ByteBuffer buffer, int from, int end) {
    int total = 0;
    for (int at = nextBlock(buffer, from, end);
        at < end;
        at = nextBlock(buffer, after(buffer, at), end)) {
      total += blockLength(buffer, at);
    }
    return total;
  }

  /** Copies the URL data, as much as fits; says how much that was. */
  static int copy(ByteBuffer buffer, int from, int end, byte[] into) {
    int copied = 0;
    for (int at = nextBlock(buffer, from, end);
        at < end;
        at = nextBlock(buffer, after(buffer, at), end)) {
      int length = Math.min(blockLength(buffer, at), into.length - copied);
      buffer.get(at + 2, into, copied, length);
      copied += length;
    }
    return copied;
  }

  /** Writes the text as options, byte by character. */
  static void write(ByteBuffer out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    for (int at = 0; at < bytes.length; at += MAX_BLOCK) {
      int length = Math.min(MAX_BLOCK, bytes.length - at);
      out.put((byte) URL_DATA).put((byte) length).put(bytes, at, length);
    }
  }

  /** Bytes of the options that hold this text. */
  static int encodedLength(String text) {
    int blocks = (text.length() + MAX_BLOCK - 1) / MAX_BLOCK;
    return text.length() + 2 * blocks;
  }

  /** Where the first whole URL data block begins at or after {@code at}; {@code end} if nowhere. */
  private static int nextBlock(ByteBuffer buffer, int at, int end) {
    while (at < end) {
      int type = buffer.get(at);
      if (type == END) {
        return end;
      }
      if (type == NOTHING) {
        at++;
        continue;
      }
      if (at + 1 >= end || after(buffer, at) > end) {
        return end;
      }
      if (type == URL_DATA) {
        return at;
      }
      at = after(buffer, at);
    }
    return end;
  }

  private static int blockLength(ByteBuffer buffer, int at) {
    return Byte.toUnsignedInt(buffer.get(at + 1));
  }

  private static int after(ByteBuffer buffer, int at) {
    return at + 2 + blockLength(buffer, at);
  }
}
