/**
 * The certificate and key behind HTTPS: read from files, checked, and read again when they change.
 *
 * <p>{@link dev.muster.server.tls.TlsFiles} names the two files. {@code Pem} cuts them into blocks,
 * {@code PrivateKeys} reads the kinds of keys that are about, {@code Identity} is a chain and the
 * key that belongs to it. {@link dev.muster.server.tls.TlsOpening} reads them at the start, ahead
 * of what takes long. {@link dev.muster.server.tls.Tls} is what a door uses: it makes an engine for
 * each connection, from whatever identity is the newest good one.
 */
@NullMarked
package dev.muster.server.tls;

import org.jspecify.annotations.NullMarked;
