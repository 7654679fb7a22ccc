package dev.muster.checks.start;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * A certificate that openssl has made for a measurement, on P-256 as certificates of the day are.
 *
 * @param certificate a PEM file
 * @param key a PEM file, PKCS#8
 */
record Certificate(Path certificate, Path key) {
  static Certificate make(Path directory) throws IOException, InterruptedException {
    Certificate made =
        new Certificate(directory.resolve("server.crt"), directory.resolve("server.key"));
    Process openssl =
        new ProcessBuilder(
                List.of(
                    "openssl",
                    "req",
                    "-x509",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:prime256v1",
                    "-nodes",
                    "-subj",
                    "/CN=localhost",
                    "-keyout",
                    made.key.toString(),
                    "-out",
                    made.certificate.toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!openssl.waitFor(1, TimeUnit.MINUTES) || openssl.exitValue() != 0) {
      throw new IOException("openssl made no certificate");
    }
    return made;
  }

  void delete() throws IOException {
    Files.deleteIfExists(certificate);
    Files.deleteIfExists(key);
  }

  /**
   * Connects with TLS; each time anew, no session is resumed. Whose certificate it is, is nothing
   * here.
   */
  Callable<Socket> connect(int port) {
    return () -> {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      return anybody().getSocketFactory().createSocket(socket, "localhost", port, true);
    };
  }

  private static SSLContext anybody() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
    return context;
  }

  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
