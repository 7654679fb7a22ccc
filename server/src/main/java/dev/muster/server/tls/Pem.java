package dev.muster.server.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Textual encodings of keys and certificates (RFC 7468): blocks, with anything between them. */
final class Pem {
  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*");

  /**
   * A block.
   *
   * @param label what it says it is: {@code CERTIFICATE}, {@code PRIVATE KEY}
   * @param line where it begins, from 1
   * @param headers whether it has any (RFC 1421), which encrypted keys of the old form have
   * @param der what is in it
   */
  record Block(String label, int line, boolean headers, byte[] der) {}

  /**
   * The blocks of a text.
   *
   * @param origin the file, for errors
   * @throws TlsException if a block has no end or is not base 64, with its line
   */
  static List<Block> read(String origin, String text) throws TlsException {
    List<Block> blocks = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      Matcher begin = BEGIN.matcher(lines.get(i));
      if (!begin.matches()) {
        continue;
      }
      String label = begin.group(1);
      int first = i + 1;
      String end = "-----END " + label + "-----";
      StringBuilder base64 = new StringBuilder();
      boolean headers = false;
      for (i++; ; i++) {
        if (i == lines.size()) {
          throw new TlsException("%s:%d: this %s has no end".formatted(origin, first, label));
        }
        String line = lines.get(i).strip();
        if (line.equals(end)) {
          break;
        }
        if (line.indexOf(':') >= 0) {
          headers = true;
        } else {
          base64.append(line);
        }
      }
      blocks.add(new Block(label, first, headers, decode(origin, first, label, base64.toString())));
    }
    return blocks;
  }

  private static byte[] decode(String origin, int line, String label, String base64)
      throws TlsException {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new TlsException(
          "%s:%d: this %s is damaged: it is not base 64".formatted(origin, line, label));
    }
  }

  private Pem() {}
}
