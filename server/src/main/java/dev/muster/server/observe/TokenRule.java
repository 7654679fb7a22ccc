package dev.muster.server.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may see more than {@code /healthz}: whoever shows the token, if there is one.
 *
 * <p>Programs send it as a bearer token (RFC 6750), browsers as the password of Basic
 * authentication under any user name (RFC 7617), so that a person can open the page by typing the
 * token once.
 */
final class TokenRule {
  private final Optional<byte[]> expected;

  TokenRule(Optional<String> token) {
    this.expected = token.map(TokenRule::digest);
  }

  /**
   * Whether this is enough.
   *
   * @param authorization the {@code Authorization} field, null if there was none
   */
  boolean admits(@Nullable String authorization) {
    if (expected.isEmpty()) {
      return true;
    }
    // digests, so that the comparison takes as long for a token of the wrong length
    return authorization != null
        && MessageDigest.isEqual(digest(shown(authorization)), expected.get());
  }

  /** The token in the field; the empty string, which no token is, if there is none. */
  private static String shown(String authorization) {
    int space = authorization.indexOf(' ');
    if (space < 0) {
      return "";
    }
    String scheme = authorization.substring(0, space);
    String credentials = authorization.substring(space).strip();
    if (scheme.equalsIgnoreCase("bearer")) {
      return credentials;
    }
    return scheme.equalsIgnoreCase("basic") ? password(credentials) : "";
  }

  private static String password(String credentials) {
    byte[] pair;
    try {
      pair = Base64.getDecoder().decode(credentials);
    } catch (IllegalArgumentException notBase64) {
      return "";
    }
    String text = new String(pair, UTF_8);
    return text.substring(text.indexOf(':') + 1);
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException impossible) { // every JDK has it
      throw new AssertionError(impossible);
    }
  }
}
