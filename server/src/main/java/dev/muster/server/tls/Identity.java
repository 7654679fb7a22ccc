package dev.muster.server.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Who the server is to its clients.
 *
 * @param chain its certificate first, then those of its issuers
 * @param key the private key of the first
 */
record Identity(List<X509Certificate> chain, PrivateKey key) {
  private static final int MOST_BYTES = 1 << 20;

  /** When the first of them ends. */
  Instant expiry() {
    return chain.stream()
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Instant::compareTo)
        .orElseThrow();
  }

  /**
   * What the operator should know about its dates, the same for as long as it is true; nothing if
   * all is well.
   *
   * @param soon so little time before its end there should be another
   */
  String warning(Instant now, Duration soon) {
    Instant begin = chain.getFirst().getNotBefore().toInstant();
    Instant end = expiry();
    if (end.isBefore(now)) {
      return "the certificate has expired at " + end;
    }
    if (begin.isAfter(now)) {
      return "the certificate is not good before " + begin;
    }
    return end.minus(soon).isBefore(now)
        ? "the certificate expires at %s, in less than %d days".formatted(end, soon.toDays())
        : "";
  }

  /** The bytes of the two files at one moment: what tells a change. */
  record Source(byte[] certificate, byte[] key) {
    static Source read(TlsFiles files) throws TlsException {
      return new Source(
          bytes("tls.certificate", files.certificate()), bytes("tls.key", files.key()));
    }

    boolean isSameAs(Source other) {
      return Arrays.equals(certificate, other.certificate) && Arrays.equals(key, other.key);
    }

    private static byte[] bytes(String name, Path file) throws TlsException {
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
          throw new TlsException("%s: %s is larger than 1 MiB".formatted(name, file));
        }
        return bytes;
      } catch (NoSuchFileException e) {
        throw new TlsException("%s: %s: no such file".formatted(name, file));
      } catch (AccessDeniedException e) {
        throw new TlsException("%s: %s: permission denied".formatted(name, file));
      } catch (TlsException e) {
        throw e;
      } catch (IOException e) {
        throw new TlsException("%s: %s: cannot be read: %s".formatted(name, file, e.getMessage()));
      }
    }
  }

  /**
   * The identity in these bytes.
   *
   * @param files where they are from, for errors
   * @throws TlsException if they are none, or the key is not the certificate's
   */
  static Identity of(TlsFiles files, Source source) throws TlsException {
    String certificateOrigin = "tls.certificate: " + files.certificate();
    String keyOrigin = "tls.key: " + files.key();
    List<X509Certificate> chain =
        chain(certificateOrigin, Pem.read(certificateOrigin, text(source.certificate())));
    PrivateKey key = PrivateKeys.first(keyOrigin, Pem.read(keyOrigin, text(source.key())));
    X509Certificate own = chain.getFirst();
    if (!belongsTo(key, own.getPublicKey())) {
      throw new TlsException(
          "%s: not the key of the first certificate in %s (%s)"
              .formatted(keyOrigin, files.certificate(), own.getSubjectX500Principal()));
    }
    return new Identity(chain, key);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static List<X509Certificate> chain(String origin, List<Pem.Block> blocks)
      throws TlsException {
    List<X509Certificate> chain = new ArrayList<>();
    for (Pem.Block block : blocks) {
      if (block.label().equals("CERTIFICATE")) {
        try {
          chain.add(
              (X509Certificate)
                  CertificateFactory.getInstance("X.509")
                      .generateCertificate(new ByteArrayInputStream(block.der())));
        } catch (CertificateException e) {
          throw new TlsException(
              "%s:%d: this certificate is damaged".formatted(origin, block.line()));
        }
      }
    }
    if (chain.isEmpty()) {
      throw new TlsException(
          origin + ": no certificate in it, which would begin with -----BEGIN CERTIFICATE-----");
    }
    return List.copyOf(chain);
  }

  private static boolean belongsTo(PrivateKey key, PublicKey certified) {
    return isSaidToBelongTo(key, certified) || confirms(certified, key);
  }

  /**
   * Whether the key says so itself, by what it has in common with the certified one. Most do, and
   * the JDK's first signature takes a fifth of a second.
   */
  static boolean isSaidToBelongTo(PrivateKey key, PublicKey certified) {
    return switch (key) {
      case RSAKey rsa ->
          certified instanceof RSAKey other && rsa.getModulus().equals(other.getModulus());
      case ECKey _ ->
          Der.find(Der.SEQUENCE, certified.getEncoded())
              .flatMap(info -> Der.find(Der.BIT_STRING, info))
              .flatMap(bits -> PrivateKeys.publicPart(key).map(part -> Arrays.equals(part, bits)))
              .orElse(false);
      default -> false;
    };
  }

  /** Whether what the one signs the other confirms. */
  private static boolean confirms(PublicKey certified, PrivateKey key) {
    String algorithm =
        switch (key) {
          case RSAKey _ -> key.getAlgorithm().equals("RSASSA-PSS") ? "RSASSA-PSS" : "SHA256withRSA";
          case ECKey _ -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    try {
      Signature signature = Signature.getInstance(algorithm);
      if (algorithm.equals("RSASSA-PSS")) {
        signature.setParameter(
            new java.security.spec.PSSParameterSpec(
                "SHA-256", "MGF1", java.security.spec.MGF1ParameterSpec.SHA256, 32, 1));
      }
      byte[] anything = {'m', 'u', 's', 't', 'e', 'r'};
      signature.initSign(key);
      signature.update(anything);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(anything);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // not even of one algorithm
    }
  }
}
