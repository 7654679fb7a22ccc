package dev.muster.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigErrorsTest {
  @Test
  void anUnknownKeyIsNamedByLineWithTheNearestKey() {
    assertThat(problems("\n[udp]\nrecieve-buffer = \"1 MiB\"\n"))
        .containsExactly(
            "m.toml:3: unknown key `udp.recieve-buffer`; did you mean `udp.receive-buffer`?");
  }

  @Test
  void aKeyInTheWrongTableIsSentToItsOwn() {
    assertThat(problems("[udp]\nnumwant-max = 3"))
        .containsExactly(
            "m.toml:2: unknown key `udp.numwant-max`; did you mean `announce.numwant-max`?");
  }

  @Test
  void aKeyFarFromAllIsNotGuessed() {
    assertThat(problems("[udp]\nfrobnicate-the-quux = 3"))
        .containsExactly(
            "m.toml:2: unknown key `udp.frobnicate-the-quux`; `muster config` prints all keys");
  }

  @Test
  void anUnknownTableIsNamedWithTheNearestTable() {
    assertThat(problems("\n[anounce]\ninterval = \"1m\"\nx = 1"))
        .containsExactly("m.toml:2: unknown table `anounce`; did you mean `announce`?");
  }

  @Test
  void everyMistakeIsTold() {
    assertThat(
            problems(
                """
                http = 3
                [udp]
                max-reply-bytes = "many"
                lisen = []
                [announce]
                numwant-max = 0
                interval = 1800
                """))
        .containsExactlyInAnyOrder(
            "m.toml:1: `http` is a table: write [http]",
            "m.toml:3: `udp.max-reply-bytes` must be a whole number, not `\"many\"`",
            "m.toml:4: unknown key `udp.lisen`; did you mean `udp.listen`?",
            "m.toml:6: `announce.numwant-max` is out of range: `0` is not within 1 to 5000",
            "m.toml:7: `announce.interval` must be a duration like \"30m\", not `1800`");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "announce.interval = 30",
        "announce.interval = \"30\"",
        "announce.interval = \"30 minutes\"",
        "announce.interval = [\"30m\"]",
        "announce.interval = \"999999999d\"",
        "announce.interval-jitter = \"0.1\"",
        "announce.interval-jitter = nan",
        "announce.interval-jitter = 0.6",
        "announce.numwant-max = 1.5",
        "announce.numwant-max = 99999999999",
        "announce.external-ip = [\"tracker.example\"]",
        "announce.external-ip = [\"1.2.3.4\", 5]",
        "http.listen = [\"1.2.3.4:65536\"]",
        "http.listen = [\"1.2.3.4\"]",
        "http.listen = [\"::1:80\"]",
        "http.listen = [\"[1.2.3.4]:80\"]",
        "http.listen = [\"a b:80\"]",
        "http.listen = 6969",
        "http.trusted-proxies = [\"10.0.0.0/33\"]",
        "http.trusted-proxies = [\"10.0.0.0/x\"]",
        "http.trust-ip-parameter = \"true\"",
        "http.forwarded-header = \"X-Forwarded-For\"",
        "http.max-request-line = 8192",
        "http.max-request-line = \"8 parsecs\"",
        "http.max-request-line = \"999999999999999999 TiB\"",
        "log.level = \"loud\"",
        "log.level = { }",
      })
  void aWrongValueIsAnErrorThatNamesTheKey(String toml) {
    String key = toml.substring(0, toml.indexOf(' '));
    assertThat(problems(toml)).singleElement().asString().startsWith("m.toml:1: `" + key + "` ");
  }

  @Test
  void aWrongOverrideIsAnErrorLikeAnyOther() {
    ConfigReader reader =
        new ConfigReader()
            .set("--set", "udp.recieve-buffer=1")
            .set("--set", "udp.max-reply-bytes=7")
            .set("--set", "udp.max-reply-bytes")
            .set("--http", "http.listen", "nowhere");
    assertThat(problems(reader))
        .containsExactly(
            "--set: unknown key `udp.recieve-buffer`; did you mean `udp.receive-buffer`?",
            "--set: `udp.max-reply-bytes` is out of range: `7` is not within 200 to 65507",
            "--set: must be key=value, not `udp.max-reply-bytes`",
            "--http: `http.listen` must be HOST:PORT, [IPv6]:PORT or :PORT, or \"off\", not `nowhere`");
  }

  @Test
  void valuesThatDoNotSuitOneAnotherAreAnError() {
    assertThat(
            problems(
                """
                announce.interval = "1h"
                announce.min-interval = "61m"
                announce.numwant-default = 300
                announce.external-ip = ["203.0.113.1", "203.0.113.2"]
                http.forwarded-header = "forwarded"
                swarms.stripes = 3
                udp.connection-key = "beef"
                admin.token = "not one word"
                """))
        .hasSize(8)
        .contains(
            "m.toml:2: `announce.min-interval` must not be longer than `announce.interval`",
            "m.toml:6: `swarms.stripes` must be a power of two, or 0")
        .anySatisfy(problem ->
            assertThat(problem).startsWith("m.toml:1: ").contains("peer-lifetime", "3960 s"))
        .allSatisfy(problem -> assertThat(problem).doesNotContain("beef", "one word"));
  }

  @Test
  void aSecretOfTheWrongTypeIsNotEchoed() {
    assertThat(problems("admin.token = 12345"))
        .singleElement()
        .asString()
        .contains("admin.token")
        .doesNotContain("12345");
  }

  @Test
  void brokenTomlIsNamedByLine() {
    assertThat(problems("[udp]\nlisten = = 3\n"))
        .singleElement()
        .asString()
        .startsWith("m.toml:2: ");
    assertThat(problems("[udp]\nlisten = []\nlisten = []\n"))
        .singleElement()
        .asString()
        .startsWith("m.toml:3: ");
  }

  @Test
  void aRetiredKeySaysWhatToDoInstead() {
    ConfigReader reader =
        new ConfigReader(Map.of("udp.workers", "use `udp.listen`")).set("--set", "udp.workers=3");
    assertThat(problems(reader))
        .containsExactly("--set: `udp.workers` is no more: use `udp.listen`");
  }

  @Test
  void anUnreadableFileIsOneLine(@TempDir Path directory) throws IOException {
    Path missing = directory.resolve("missing.toml");
    assertThat(problems(new ConfigReader().file(missing)))
        .containsExactly(missing + ": cannot be read: no such file");
    assertThat(problems(new ConfigReader().file(directory)))
        .singleElement()
        .asString()
        .contains("cannot be read: is a directory");
    Path binary = Files.write(directory.resolve("binary.toml"), new byte[] {(byte) 0xff, 0, 1});
    assertThat(problems(new ConfigReader().file(binary)))
        .containsExactly(binary + ": not UTF-8 text");
  }

  private static List<String> problems(String toml) {
    return problems(new ConfigReader().toml("m.toml", toml));
  }

  private static List<String> problems(ConfigReader reader) {
    return catchThrowableOfType(ConfigException.class, reader::read).problems();
  }
}
