package dev.muster.server.tls;

import java.nio.file.Path;

/**
 * Where the server's certificate and its key are, both in PEM (RFC 7468).
 *
 * @param certificate the server's certificate, and below it those of its issuers as far as clients
 *     need them; the root is not needed
 * @param key its private key, not encrypted
 */
public record TlsFiles(Path certificate, Path key) {}
