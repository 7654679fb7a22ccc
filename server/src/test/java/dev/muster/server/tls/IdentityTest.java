package dev.muster.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECPrivateKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityTest {
  @TempDir Path directory;

  private static Identity read(Path certificate, Path key) throws TlsException {
    TlsFiles files = new TlsFiles(certificate, key);
    return Identity.of(files, Identity.Source.read(files));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  @ParameterizedTest
  @CsvSource({
    "rsa.crt, rsa.key, RSA",
    "rsa.crt, rsa-pkcs1.key, RSA",
    "ec.crt, ec.key, EC",
    "ec.crt, ec-sec1.key, EC",
    "ed25519.crt, ed25519.key, EdDSA",
    "chain.crt, chain.key, EC"
  })
  void keysOfEveryFormAreRead(String certificate, String key, String algorithm)
      throws TlsException {
    Identity identity = read(TestFiles.path(certificate), TestFiles.path(key));
    assertThat(identity.key().getAlgorithm()).isEqualTo(algorithm);
  }

  @ParameterizedTest
  @CsvSource({
    "rsa.crt, rsa.key, true",
    "rsa.crt, rsa-pkcs1.key, true",
    "ec.crt, ec.key, true",
    "ec.crt, ec-sec1.key, true",
    "chain.crt, chain.key, true",
    "ec.crt, chain.key, false",
    "rsa.crt, ec.key, false",
    "ec.crt, rsa.key, false"
  })
  void keysOfTheUsualFormsSayWhoseTheyAre(String certificate, String key, boolean same)
      throws TlsException, IOException {
    PrivateKey read = PrivateKeys.first(key, Pem.read(key, Files.readString(TestFiles.path(key))));
    String own = certificate.replace(".crt", ".key");
    PublicKey certified =
        read(TestFiles.path(certificate), TestFiles.path(own)).chain().getFirst().getPublicKey();
    assertThat(Identity.isSaidToBelongTo(read, certified)).isEqualTo(same);
  }

  @Test
  void aKeyThatDoesNotSayWhoseItIsIsTried() throws Exception {
    ECPrivateKey whole =
        (ECPrivateKey) read(TestFiles.path("ec.crt"), TestFiles.path("ec.key")).key();
    PrivateKey bare =
        KeyFactory.getInstance("EC")
            .generatePrivate(new ECPrivateKeySpec(whole.getS(), whole.getParams()));
    assertThat(PrivateKeys.publicPart(bare)).isEmpty();
    Path key =
        write(
            "bare.key",
            "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(bare.getEncoded())
                + "\n-----END PRIVATE KEY-----\n");
    assertThat(read(TestFiles.path("ec.crt"), key).chain()).hasSize(1);
    assertThatThrownBy(() -> read(TestFiles.path("chain.crt"), key))
        .hasMessageContaining("not the key of the first certificate");
  }

  @Test
  void theChainIsReadInItsOrder() throws TlsException {
    Identity identity = read(TestFiles.path("chain.crt"), TestFiles.path("chain.key"));
    assertThat(identity.chain())
        .extracting(certificate -> certificate.getSubjectX500Principal().getName())
        .containsExactly("CN=muster-test-leaf", "CN=muster-test-issuer");
  }

  @Test
  void oneFileMayHoldBoth() throws IOException {
    Path both =
        write(
            "both.pem",
            "a comment\r\n"
                + Files.readString(TestFiles.path("ec-sec1.key")).replace("\n", "\r\n")
                + Files.readString(TestFiles.path("ec.crt")));
    assertThat(read(both, both).chain()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "ec.crt, rsa.key, not the key of the first certificate",
    "rsa.crt, ec.key, not the key of the first certificate",
    "ec.crt, chain.key, not the key of the first certificate",
    "ec.crt, ed25519.key, not the key of the first certificate",
    "ec.crt, ec-encrypted.key, ':1: this key is encrypted; decrypt it: openssl pkey'",
    "rsa.crt, rsa-encrypted-pkcs1.key, ':1: this key is encrypted'",
    "ec.crt, ec.crt, no private key in it",
    "ec.key, ec.key, no certificate in it"
  })
  void filesThatCannotBeUsedSayWhy(String certificate, String key, String why) {
    assertThatThrownBy(() -> read(TestFiles.path(certificate), TestFiles.path(key)))
        .isInstanceOf(TlsException.class)
        .hasMessageContaining(why)
        .hasMessageStartingWith(why.contains("no certificate") ? "tls.certificate: " : "tls.key: ");
  }

  @Test
  void missingAndUnreadableFilesAreNamed() throws IOException {
    Path missing = directory.resolve("missing.crt");
    assertThatThrownBy(() -> read(missing, TestFiles.path("ec.key")))
        .hasMessage("tls.certificate: " + missing + ": no such file");
    assertThatThrownBy(() -> read(TestFiles.path("ec.crt"), directory))
        .hasMessageStartingWith("tls.key: " + directory + ": cannot be read");
    Path large = write("large.crt", "x".repeat((1 << 20) + 1));
    assertThatThrownBy(() -> read(large, TestFiles.path("ec.key")))
        .hasMessageContaining("larger than 1 MiB");
  }

  @Test
  void whatIsDamagedIsNamedByLine() throws IOException {
    Path key = TestFiles.path("ec.key");
    String good = Files.readString(TestFiles.path("ec.crt"));
    Path half = write("half.crt", "\n" + good.substring(0, good.length() / 2));
    assertThatThrownBy(() -> read(half, key))
        .hasMessage("tls.certificate: " + half + ":2: this CERTIFICATE has no end");
    Path noBase64 = write("no-base64.crt", good.replaceFirst("\nM", "\n*"));
    assertThatThrownBy(() -> read(noBase64, key)).hasMessageContaining(":1: ", "not base 64");
    Path noCertificate =
        write("none.crt", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    assertThatThrownBy(() -> read(noCertificate, key))
        .hasMessageEndingWith(":1: this certificate is damaged");
    for (String label : new String[] {"PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY"}) {
      Path noKey =
          write("none.key", "-----BEGIN %s-----\nMAAA\n-----END %s-----\n".formatted(label, label));
      assertThatThrownBy(() -> read(TestFiles.path("ec.crt"), noKey))
          .isInstanceOf(TlsException.class)
          .hasMessageContaining(":1: this key is damaged");
    }
    Path unknown =
        write("dsa.key", "-----BEGIN DSA PRIVATE KEY-----\n-----END DSA PRIVATE KEY-----");
    assertThatThrownBy(() -> read(TestFiles.path("ec.crt"), unknown))
        .hasMessageContaining("unknown form, DSA PRIVATE KEY");
  }
}
