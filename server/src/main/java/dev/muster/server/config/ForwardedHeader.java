package dev.muster.server.config;

/** How a trusted proxy says the address of its client. */
public enum ForwardedHeader {
  NONE,
  X_FORWARDED_FOR,
  /** RFC 7239. */
  FORWARDED,
  /** The PROXY protocol, version 1 or 2. */
  PROXY_PROTOCOL
}
