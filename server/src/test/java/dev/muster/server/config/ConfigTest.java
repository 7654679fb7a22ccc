package dev.muster.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.id.Address;
import dev.muster.protocol.id.Network;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigTest {
  @Test
  void theseAreTheDefaults() {
    assertThat(Config.DEFAULT)
        .isEqualTo(
            new Config(
                new Config.Http(
                    List.of(new ListenAddress("", 6969)),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    16384,
                    new ByteSize(8192),
                    List.of(),
                    ForwardedHeader.NONE,
                    false),
                new Config.Tls(List.of(), Optional.empty(), Optional.empty()),
                new Config.Udp(
                    List.of(new ListenAddress("", 6969)),
                    UdpIo.AUTO,
                    0,
                    new ByteSize(4 << 20),
                    1220,
                    Optional.empty()),
                new Config.Announce(
                    Duration.ofSeconds(1800), 0.1, Duration.ofSeconds(900), 50, 200, List.of()),
                new Config.Swarms(
                    Duration.ofSeconds(3600), Duration.ofSeconds(120), Optional.empty(), 0),
                new Config.Admin(
                    Optional.of(new ListenAddress("127.0.0.1", 6970)), Optional.empty(), List.of()),
                new Config.State(Optional.empty()),
                new Config.Log(LogLevel.INFO)));
  }

  /** Every key away from its default; a key that is missing here fails the test. */
  private static final String EVERY_KEY =
      """
      [http]
      listen = ["10.0.0.1:80", "[2001:db8::1]:8080", "tracker.example:0"]
      request-timeout = "2s"
      idle-timeout = "2m"
      max-connections = 7
      max-request-line = "16 KiB"
      trusted-proxies = ["10.1.2.3/8", "::1"]
      forwarded-header = "x-forwarded-for"
      trust-ip-parameter = true
      [tls]
      listen = [":443"]
      certificate = "/etc/muster/fullchain.pem"
      key = "/etc/muster/privkey.pem"
      [udp]
      listen = []
      io = "portable"
      threads = 3
      receive-buffer = "1 MiB"
      max-reply-bytes = 600
      connection-key = "000102030405060708090a0b0c0d0e0f"
      [announce]
      interval = "10m"
      interval-jitter = 0.25
      min-interval = "90s"
      numwant-default = 30
      numwant-max = 100
      external-ip = ["203.0.113.7", "2001:db8::7"]
      [swarms]
      peer-lifetime = "7168s"
      session-interval = "30s"
      memory = "256 MiB"
      stripes = 64
      [admin]
      listen = "off"
      token = "hush"
      hosts = ["tracker.example"]
      [state]
      directory = "/var/lib/muster"
      [log]
      level = "debug"
      """;

  @Test
  void everyKeyReachesItsComponent() throws ConfigException {
    Config config = new ConfigReader().toml("muster.toml", EVERY_KEY).read();

    assertThat(config)
        .isEqualTo(
            new Config(
                new Config.Http(
                    List.of(
                        new ListenAddress("10.0.0.1", 80),
                        new ListenAddress("2001:db8::1", 8080),
                        new ListenAddress("tracker.example", 0)),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(120),
                    7,
                    new ByteSize(16384),
                    List.of(
                        new Network(new Address.Ipv4(10 << 24), 8),
                        new Network(new Address.Ipv6(0, 1), 128)),
                    ForwardedHeader.X_FORWARDED_FOR,
                    true),
                new Config.Tls(
                    List.of(new ListenAddress("", 443)),
                    Optional.of(Path.of("/etc/muster/fullchain.pem")),
                    Optional.of(Path.of("/etc/muster/privkey.pem"))),
                new Config.Udp(
                    List.of(),
                    UdpIo.PORTABLE,
                    3,
                    new ByteSize(1 << 20),
                    600,
                    Optional.of(new Secret("000102030405060708090a0b0c0d0e0f"))),
                new Config.Announce(
                    Duration.ofSeconds(600),
                    0.25,
                    Duration.ofSeconds(90),
                    30,
                    100,
                    List.of(
                        new Address.Ipv4(0xcb007107), new Address.Ipv6(0x20010db800000000L, 7))),
                new Config.Swarms(
                    Duration.ofSeconds(7168),
                    Duration.ofSeconds(30),
                    Optional.of(new ByteSize(256 << 20)),
                    64),
                new Config.Admin(
                    Optional.empty(), Optional.of(new Secret("hush")), List.of("tracker.example")),
                new Config.State(Optional.of(Path.of("/var/lib/muster"))),
                new Config.Log(LogLevel.DEBUG)));
    Map<String, Object> values = Schema.CONFIG.values(config);
    Schema.CONFIG
        .values(Config.DEFAULT)
        .forEach((key, byDefault) -> assertThat(values.get(key)).as(key).isNotEqualTo(byDefault));
  }

  @Test
  void whatIsPrintedReadsBack() throws ConfigException {
    Config everyKey = new ConfigReader().toml("muster.toml", EVERY_KEY).read();
    for (Config config : List.of(Config.DEFAULT, everyKey)) {
      String printed = ConfigPrinter.print(config);
      assertThat(new ConfigReader().toml("printed", printed).read()).isEqualTo(config);
    }
  }

  @Test
  void everyKeyIsPrintedBelowItsComment() {
    List<String> lines = ConfigPrinter.print(Config.DEFAULT).lines().toList();

    Map<String, Object> seen = new LinkedHashMap<>();
    String table = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("[")) {
        table = line.substring(1, line.length() - 1);
        assertThat(lines.get(i - 1)).as(line).startsWith("# ");
      } else if (line.contains(" = ") && !line.startsWith("#")) {
        seen.put(table + "." + line.substring(0, line.indexOf(' ')), line);
        assertThat(lines.get(i - 1)).as(line).startsWith("# ");
      }
    }
    assertThat(seen.keySet()).containsExactlyElementsOf(Schema.CONFIG.keys().keySet());
    assertThat(lines).allMatch(line -> line.length() <= 110);
  }

  @Test
  void overridesWinInTheirOrder() throws ConfigException {
    Config config =
        new ConfigReader()
            .toml("muster.toml", "announce.numwant-max = 60")
            .set("--set", "announce.numwant-max=70")
            .set("--set", "announce.numwant-max = 80")
            .set("--http", "http.listen", "127.0.0.1:1, [::1]:2")
            .set("--udp", "udp.listen", "off")
            .set("--set", "swarms.memory=auto")
            .read();

    assertThat(config.announce().numwantMax()).isEqualTo(80);
    assertThat(config.http().listen())
        .containsExactly(new ListenAddress("127.0.0.1", 1), new ListenAddress("::1", 2));
    assertThat(config.udp().listen()).isEmpty();
    assertThat(config.swarms().memory()).isEmpty();
  }

  @Test
  void secretsStayOutOfText() throws ConfigException {
    Config config = new ConfigReader().set("--set", "admin.token=hush").read();
    assertThat(config.toString()).doesNotContain("hush");
  }
}
