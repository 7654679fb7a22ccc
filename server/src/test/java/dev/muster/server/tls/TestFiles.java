package dev.muster.server.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates and keys for tests. */
public final class TestFiles {
  /** A file among the test resources: {@code ec.crt}. */
  public static Path path(String name) {
    try {
      return Path.of(TestFiles.class.getResource("/tls/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(name, e);
    }
  }

  /** The pair of certificate and key with this name. */
  public static TlsFiles pair(String name) {
    return new TlsFiles(path(name + ".crt"), path(name + ".key"));
  }

  /** A copy of a pair, to be changed. */
  public static TlsFiles copy(String name, Path directory) throws IOException {
    TlsFiles copy = new TlsFiles(directory.resolve("server.crt"), directory.resolve("server.key"));
    Files.copy(path(name + ".crt"), copy.certificate());
    Files.copy(path(name + ".key"), copy.key());
    return copy;
  }

  /** What a client needs that trusts this certificate only. */
  public static SSLContext trusting(String certificate) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      try (var in = Files.newInputStream(path(certificate))) {
        store.setCertificateEntry(
            "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
      }
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TestFiles() {}
}
