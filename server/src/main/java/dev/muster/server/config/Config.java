package dev.muster.server.config;

import dev.muster.protocol.id.Address;
import dev.muster.protocol.id.Network;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The whole configuration; immutable, swapped whole on reload.
 *
 * <p>This file is the one source of keys, defaults, ranges and comments: to add a key, add a
 * component. The type of a component says how it is written, see {@link ValueType}.
 *
 * @param http the HTTP door
 * @param tls the HTTP door behind TLS
 * @param udp the UDP door
 * @param announce what every announce is answered by
 * @param swarms the store
 * @param admin the operator's port
 * @param state files that outlive the process
 * @param log what is logged
 */
public record Config(
    @Key(comment = "Announce and scrape over HTTP (BEP 3, 7, 23, 48).") Http http,
    @Key(
            comment =
                """
                The same over HTTPS. All that [http] says goes for both, and its limits are
                limits of both together; a handshake has to be over within http.request-timeout.\
                """)
        Tls tls,
    @Key(comment = "Announce and scrape over UDP (BEP 15, 41).") Udp udp,
    @Key(comment = "How announces are answered, at every door.") Announce announce,
    @Key(comment = "The store: who has what, since when; in memory only.") Swarms swarms,
    @Key(comment = "The operator's port: a page, /metrics, /stats.json, /healthz.") Admin admin,
    @Key(comment = "Private files that outlive the process: keys and tokens, nothing of peers.")
        State state,
    @Key(comment = "The log, on standard error.") Log log) {

  /** Every key at its default. */
  public static final Config DEFAULT = Schema.CONFIG.defaults();

  /**
   * The HTTP door.
   *
   * @param listen where it listens; empty if it is shut
   * @param requestTimeout how long a request's head may take to arrive
   * @param idleTimeout how long a connection without a request is kept
   * @param maxConnections connections held at once
   * @param maxRequestLine bytes of a request's first line
   * @param trustedProxies networks whose word on the client's address is believed
   * @param forwardedHeader how a trusted proxy says the client's address
   * @param trustIpParameter whether {@code ip=} is believed
   */
  public record Http(
      @Key(
              comment =
                  """
                  Where to listen, HOST:PORT. Without a host: all addresses, IPv4 and IPv6.
                  Port 0: chosen by the system, and printed. An empty list shuts this door.\
                  """,
              value = ":6969",
              none = "off")
          List<ListenAddress> listen,
      @Key(
              comment =
                  """
                  How long a request may take from its first byte to its last, body and all, and
                  a client to take what was answered; slower ones are cut off.\
                  """,
              value = "10s",
              min = "1s",
              max = "10m")
          Duration requestTimeout,
      @Key(
              comment = "A connection without a request is closed after this time.",
              value = "60s",
              min = "1s",
              max = "1h")
          Duration idleTimeout,
      @Key(
              comment =
                  """
                  Connections held at once; further ones are answered 503 and closed. Each takes
                  a file descriptor, see `ulimit -n`.\
                  """,
              value = "16384",
              min = "1",
              max = "10000000")
          int maxConnections,
      @Key(
              comment = "The longest request line; a scrape of 60 swarms takes 4.6 KiB.",
              value = "8 KiB",
              min = "1 KiB",
              max = "1 MiB")
          ByteSize maxRequestLine,
      @Key(
              comment =
                  """
                  Reverse proxies in front of this door, as networks: ["10.0.0.0/8", "::1/128"].
                  Only what these say of a client's address is believed.\
                  """)
          List<Network> trustedProxies,
      @Key(
              comment =
                  """
                  How those proxies say it: "none", "x-forwarded-for", "forwarded" (RFC 7239; in
                  both the right-most address that is not a trusted proxy counts), or
                  "proxy-protocol" (version 1 or 2, ahead of the first request).\
                  """,
              value = "none")
          ForwardedHeader forwardedHeader,
      @Key(
              comment =
                  """
                  Believe ip=, ipv4= and ipv6= in announces. Anybody can then enter anybody else
                  as a peer: for closed networks only.\
                  """,
              value = "false")
          boolean trustIpParameter) {}

  /**
   * The HTTP door behind TLS.
   *
   * @param listen where it listens; empty if it is shut
   * @param certificate the file with the server's certificate and those of its issuers
   * @param key the file with its private key
   */
  public record Tls(
      @Key(
              comment = "Where to listen, as for HTTP; needs the two files below.",
              value = "off",
              none = "off")
          List<ListenAddress> listen,
      @Key(
              comment =
                  """
                  PEM: the server's certificate, then those of its issuers (Let's Encrypt calls
                  this file fullchain.pem). Read again when it changes, and the key with it.\
                  """)
          Optional<Path> certificate,
      @Key(comment = "PEM: the private key of the first certificate, not encrypted (privkey.pem).")
          Optional<Path> key) {}

  /**
   * The UDP door.
   *
   * @param listen where it listens; empty if it is shut
   * @param io how packets are received and sent
   * @param threads for each address; 0 for one a core
   * @param receiveBuffer of each socket
   * @param maxReplyBytes payload bytes of a reply
   * @param connectionKey the secret behind connection ids
   */
  public record Udp(
      @Key(comment = "Where to listen, as for HTTP.", value = ":6969", none = "off")
          List<ListenAddress> listen,
      @Key(
              comment =
                  """
                  How packets are received and sent: "batched" takes and sends many with one system
                  call (Linux on x86-64 and aarch64), "portable" works wherever Java does, and
                  "auto" is the first where it can be had, else the second.\
                  """,
              value = "auto")
          UdpIo io,
      @Key(
              comment =
                  """
                  Threads for each address, with a socket each among which the system spreads the
                  senders; 0: one a core. Batched only; portable has one for all.\
                  """,
              value = "0",
              min = "0",
              max = "1024")
          int threads,
      @Key(
              comment =
                  """
                  The receive buffer of each socket, for bursts. The system may give less: Linux
                  has its limit in net.core.rmem_max.\
                  """,
              value = "4 MiB",
              min = "64 KiB",
              max = "1 GiB")
          ByteSize receiveBuffer,
      @Key(
              comment =
                  """
                  The longest reply, in bytes after the UDP header, so that none is fragmented on
                  its way (1280 bytes pass anywhere): 200 IPv4 or 66 IPv6 peers at 1220.\
                  """,
              value = "1220",
              min = "200",
              max = "65507")
          int maxReplyBytes,
      @Key(
              comment =
                  """
                  The 128-bit key behind connection ids, 32 hex digits; the same on all nodes that
                  share an address. Empty: made once and kept in the state directory.\
                  """)
          Optional<Secret> connectionKey) {}

  /**
   * How announces are answered.
   *
   * @param interval between announces
   * @param intervalJitter the part of it by which it is spread to either side
   * @param minInterval between announces at least
   * @param numwantDefault peers for one that names no number
   * @param numwantMax peers at most
   * @param externalIp what stands for private addresses
   */
  public record Announce(
      @Key(
              comment = "How long peers are asked to wait between announces.",
              value = "30m",
              min = "1s",
              max = "2h")
          Duration interval,
      @Key(
              comment =
                  """
                  The part of the interval by which it is spread to either side, so that peers who
                  came together do not return together.\
                  """,
              value = "0.1",
              min = "0",
              max = "0.5")
          double intervalJitter,
      @Key(
              comment =
                  """
                  How soon a peer may announce again of its own will. Some clients (aria2) take it
                  for their interval.\
                  """,
              value = "15m",
              min = "1s",
              max = "2h")
          Duration minInterval,
      @Key(
              comment = "Peers given to a client that does not say how many it wants.",
              value = "50",
              min = "0",
              max = "5000")
          int numwantDefault,
      @Key(comment = "Peers given to a client at most.", value = "200", min = "1", max = "5000")
          int numwantMax,
      @Key(
              comment =
                  """
                  For a tracker behind a NAT: the address, or one of each family, at which the
                  outside reaches the peers of this network. Without it, peers at private
                  addresses are given only to callers at such addresses.\
                  """)
          List<Address> externalIp) {}

  /**
   * The store.
   *
   * @param peerLifetime how long a peer stays after its last announce
   * @param sessionInterval between announces of session members
   * @param memory of the tables at most
   * @param stripes independent parts
   */
  public record Swarms(
      @Key(
              comment =
                  """
                  A peer is forgotten this long after its last announce; kept in steps of 32 s.
                  Twice the interval lets a peer miss one announce.\
                  """,
              value = "1h",
              min = "64s",
              max = "7168s")
          Duration peerLifetime,
      @Key(
              comment =
                  """
                  How long session members (browsers) are asked to wait between announces; they
                  are forgotten after three such intervals.\
                  """,
              value = "2m",
              min = "11s",
              max = "2389s")
          Duration sessionInterval,
      @Key(
              comment =
                  """
                  The most memory for the tables, about 10 bytes a peer in large swarms. "auto":
                  half of the JVM's largest heap.\
                  """,
              none = "auto",
              min = "1 MiB")
          Optional<ByteSize> memory,
      @Key(
              comment =
                  """
                  Independent parts, each under a lock of its own: a power of two.
                  0: enough for this machine's cores.\
                  """,
              value = "0",
              min = "0",
              max = "65536")
          int stripes) {}

  /**
   * The operator's port.
   *
   * @param listen where it listens; empty if it is shut
   * @param token asked of callers
   * @param hosts further allowed names of this server
   */
  public record Admin(
      @Key(
              comment =
                  """
                  Where to listen, HOST:PORT, or "off". On any address but loopback, all but
                  /healthz asks for the token.\
                  """,
              value = "127.0.0.1:6970",
              none = "off")
          Optional<ListenAddress> listen,
      @Key(
              comment =
                  """
                  The token asked for, sent as `Authorization: Bearer TOKEN`. Empty: made once and
                  kept in the state directory.\
                  """)
          Optional<Secret> token,
      @Key(
              comment =
                  """
                  Names by which browsers may call this port, besides its address and localhost:
                  requests with another Host are refused (against DNS rebinding).\
                  """)
          List<String> hosts) {}

  /**
   * Files that outlive the process.
   *
   * @param directory where they are; empty for the user's own
   */
  public record State(
      @Key(
              comment =
                  """
                  Where they are kept; made if it is not there, for its owner only.
                  Empty: $XDG_STATE_HOME/muster, or ~/.local/state/muster.\
                  """)
          Optional<Path> directory) {}

  /**
   * The log.
   *
   * @param level the least that is logged
   */
  public record Log(
      @Key(
              comment =
                  "The least that is logged: \"error\", \"warn\", \"info\", \"debug\" or \"trace\".",
              value = "info")
          LogLevel level) {}
}
