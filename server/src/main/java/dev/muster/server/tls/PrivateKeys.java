package dev.muster.server.tls;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Reads private keys: PKCS#8 (RFC 5958) as the JDK does, and the two older forms by putting them
 * into one.
 *
 * <pre>
 *   PRIVATE KEY      PKCS#8   SEQUENCE { INTEGER 0, SEQUENCE { algorithm, parameters }, OCTET STRING key }
 *   RSA PRIVATE KEY  PKCS#1   the key; algorithm rsaEncryption, parameters NULL (RFC 8017)
 *   EC PRIVATE KEY   SEC 1    SEQUENCE { INTEGER 1, OCTET STRING, [0] curve, .. } is the key; algorithm
 *                             ecPublicKey, parameters the curve (RFC 5915)
 * </pre>
 */
final class PrivateKeys {
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA", "RSASSA-PSS");

  private static final byte[] VERSION = Der.value(Der.INTEGER, new byte[1]);
  private static final byte[] RSA_ENCRYPTION = oid("2a864886f70d010101"); // 1.2.840.113549.1.1.1
  private static final byte[] EC_PUBLIC_KEY = oid("2a8648ce3d0201"); // 1.2.840.10045.2.1

  /**
   * The first private key among these blocks; others, as the parameters that openssl writes above a
   * key, are passed over.
   *
   * @param origin the file, for errors
   */
  static PrivateKey first(String origin, List<Pem.Block> blocks) throws TlsException {
    for (Pem.Block block : blocks) {
      if (block.label().endsWith("PRIVATE KEY")) {
        return read(origin + ":" + block.line(), block);
      }
    }
    throw new TlsException(
        origin + ": no private key in it, which would begin with -----BEGIN PRIVATE KEY-----");
  }

  private static PrivateKey read(String where, Pem.Block block) throws TlsException {
    if (block.headers() || block.label().startsWith("ENCRYPTED")) {
      throw new TlsException(
          where + ": this key is encrypted; decrypt it: openssl pkey -in KEY -out PLAIN-KEY");
    }
    byte[] pkcs8 =
        switch (block.label()) {
          case "PRIVATE KEY" -> block.der();
          case "RSA PRIVATE KEY" -> wrap(RSA_ENCRYPTION, Der.value(Der.NULL), block.der());
          case "EC PRIVATE KEY" -> wrap(EC_PUBLIC_KEY, curve(where, block.der()), block.der());
          default ->
              throw new TlsException(
                  "%s: a key of an unknown form, %s; make it one of PKCS#8: openssl pkey -in KEY -out NEW-KEY"
                      .formatted(where, block.label()));
        };
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (GeneralSecurityException e) {
        continue; // of another algorithm, or of none
      }
    }
    throw new TlsException(where + ": this key is damaged, or neither RSA, EC nor Ed25519");
  }

  /** The public key that stands beside an EC key (RFC 5915), if one does; as a BIT STRING. */
  static Optional<byte[]> publicPart(PrivateKey key) {
    return Der.find(Der.SEQUENCE, key.getEncoded())
        .flatMap(pkcs8 -> Der.find(Der.OCTET_STRING, pkcs8))
        .flatMap(octets -> Der.find(Der.SEQUENCE, octets))
        .flatMap(sec1 -> Der.find(Der.CONTEXT_1, sec1))
        .flatMap(part -> Der.find(Der.BIT_STRING, part));
  }

  private static byte[] wrap(byte[] algorithm, byte[] parameters, byte[] key) {
    return Der.value(
        Der.SEQUENCE,
        VERSION,
        Der.value(Der.SEQUENCE, algorithm, parameters),
        Der.value(Der.OCTET_STRING, key));
  }

  private static byte[] curve(String where, byte[] key) throws TlsException {
    return Der.find(Der.SEQUENCE, key)
        .flatMap(content -> Der.find(Der.CONTEXT_0, content))
        .orElseThrow(() -> new TlsException(where + ": this key is damaged: it names no curve"));
  }

  private static byte[] oid(String hex) {
    return Der.value(Der.OBJECT_IDENTIFIER, HexFormat.of().parseHex(hex));
  }

  private PrivateKeys() {}
}
