package dev.muster.server.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The few shapes of DER (X.690) that the older forms of private keys are put together from: a value
 * is its tag, its length, and that many bytes.
 */
final class Der {
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int NULL = 0x05;
  static final int OBJECT_IDENTIFIER = 0x06;
  static final int SEQUENCE = 0x30;

  /** {@code [0]}, explicit. */
  static final int CONTEXT_0 = 0xa0;

  /** {@code [1]}, explicit. */
  static final int CONTEXT_1 = 0xa1;

  /** A value with this tag, of these parts one after the other. */
  static byte[] value(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >>> 8);
      out.write(length);
    }
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** What is in the first value with this tag among those that stand one after the other. */
  static Optional<byte[]> find(int tag, byte[] values) {
    ByteBuffer in = ByteBuffer.wrap(values);
    while (in.remaining() >= 2) {
      int found = in.get() & 0xff;
      int length = in.get() & 0xff;
      if (length > 0x80) {
        int bytes = length - 0x80;
        if (bytes > 2 || in.remaining() < bytes) {
          return Optional.empty();
        }
        for (length = 0; bytes > 0; bytes--) {
          length = length << 8 | in.get() & 0xff;
        }
      }
      if (in.remaining() < length) {
        return Optional.empty();
      }
      byte[] content = new byte[length];
      in.get(content);
      if (found == tag) {
        return Optional.of(content);
      }
    }
    return Optional.empty();
  }

  private Der() {}
}
