package dev.muster.server.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.announce.Refusal;
import java.io.StringReader;
import java.security.MessageDigest;
import java.util.Base64;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class StatusPageTest {
  @Test
  void thePageIsWellFormedWhateverItShows() throws Exception {
    try (var port = new OperatorFixture()) {
      parse(port.get("/").body());
      for (Refusal reason : Refusal.values()) {
        port.http.refuse(reason);
      }
      port.udp.took(1234);
      port.health = Health.STARTING;
      port.now = port.now.plusSeconds(100_000);
      Document page = parse(port.get("/?refresh").body());
      assertThat(page.getElementsByTagName("tr").getLength()).isGreaterThan(30);
    }
  }

  @Test
  void itShowsWhatThereIs() throws Exception {
    try (var port = new OperatorFixture()) {
      port.udp.announce(true, 50);
      port.http.refuse(Refusal.INFO_HASH);
      port.now = port.now.plusSeconds(4000);
      String text = parse(port.get("/").body()).getDocumentElement().getTextContent();
      assertThat(text)
          .contains(
              "1.2.3",
              "serving",
              "up 1 h 6 min",
              "udp://tracker.example:6969/announce",
              "http://[::1]:6969/announce?<&>",
              "IPv4",
              "IPv6",
              "Session",
              "info_hash",
              "1.9 KiB");
    }
  }

  @Test
  void itNeedsNothingFromElsewhereAndRunsNothing() throws Exception {
    try (var port = new OperatorFixture()) {
      Document page = parse(port.get("/?refresh").body());
      for (String tag : new String[] {"script", "img", "link", "iframe", "form", "object"}) {
        assertThat(page.getElementsByTagName(tag).getLength()).as(tag).isZero();
      }
      NodeList links = page.getElementsByTagName("a");
      for (int i = 0; i < links.getLength(); i++) {
        assertThat(links.item(i).getAttributes().getNamedItem("href").getNodeValue())
            .startsWith("/");
      }
    }
  }

  @Test
  void itsStyleIsTheOneThePolicyNames() throws Exception {
    try (var port = new OperatorFixture()) {
      var answer = port.get("/");
      String body = answer.body();
      String style = body.substring(body.indexOf("<style>") + 7, body.indexOf("</style>"));
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(UTF_8));
      assertThat(answer.header("content-security-policy"))
          .contains("style-src 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
      assertThat(style).contains("prefers-color-scheme: dark");
      assertThat(body).doesNotContain(" style=");
    }
  }

  @Test
  void itRefreshesItselfOnlyIfAsked() throws Exception {
    try (var port = new OperatorFixture()) {
      assertThat(port.get("/?refresh").body()).contains("http-equiv=\"refresh\"");
      assertThat(port.get("/").body()).doesNotContain("http-equiv");
    }
  }

  private static Document parse(String html) throws Exception {
    String xml = html.replaceFirst("<!DOCTYPE html>\n", "");
    assertThat(xml).isNotEqualTo(html);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }
}
