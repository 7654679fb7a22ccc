package dev.muster.server.tls;

import java.io.IOException;

/** Certificate and key cannot be used; the message names the file and says why, in one line. */
public final class TlsException extends IOException {
  private static final long serialVersionUID = 1;

  TlsException(String message) {
    super(message);
  }
}
