package dev.muster.server.tls;

import io.netty.handler.ssl.util.SimpleKeyManagerFactory;
import java.net.Socket;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows the one identity there is, to whoever can check a signature of its kind. The way round by a
 * key store would encrypt the key under a password and decrypt it again, which takes a tenth of a
 * second of every start.
 */
final class OneIdentity extends SimpleKeyManagerFactory {
  private final KeyManager keys;

  OneIdentity(Identity identity) {
    this.keys = new Keys(identity);
  }

  @Override
  protected void engineInit(KeyStore store, char[] password) {}

  @Override
  protected void engineInit(ManagerFactoryParameters parameters) {}

  @Override
  protected KeyManager[] engineGetKeyManagers() {
    return new KeyManager[] {keys};
  }

  private static final class Keys extends X509ExtendedKeyManager {
    private static final String NAME = "server";

    private final X509Certificate[] chain;
    private final PrivateKey key;
    private final String algorithm;

    Keys(Identity identity) {
      this.chain = identity.chain().toArray(X509Certificate[]::new);
      this.key = identity.key();
      this.algorithm = chain[0].getPublicKey().getAlgorithm();
    }

    private @Nullable String name(String keyType) {
      return keyType.equals(algorithm) ? NAME : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
        String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
      return name(keyType);
    }

    @Override
    public @Nullable String chooseServerAlias(
        String keyType, Principal @Nullable [] issuers, Socket socket) {
      return name(keyType);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
      return name(keyType) == null ? null : new String[] {NAME};
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
      return alias.equals(NAME) ? chain.clone() : null;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
      return alias.equals(NAME) ? key : null;
    }

    // a server is no client

    @Override
    public @Nullable String chooseClientAlias(
        String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
      return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
      return null;
    }
  }
}
