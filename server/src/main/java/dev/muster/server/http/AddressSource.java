package dev.muster.server.http;

/** Where the address of a request's client is taken from. */
public enum AddressSource {
  /** The socket. */
  SOCKET,
  /**
   * The {@code X-Forwarded-For} header of a trusted proxy: its right-most address that is not a
   * trusted proxy's.
   */
  X_FORWARDED_FOR,
  /** The {@code Forwarded} header of a trusted proxy (RFC 7239), read likewise. */
  FORWARDED,
  /**
   * The PROXY protocol, version 1 or 2: connections from trusted proxies must begin with it, others
   * must not.
   */
  PROXY_PROTOCOL
}
