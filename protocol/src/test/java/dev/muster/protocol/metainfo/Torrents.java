package dev.muster.protocol.metainfo;

import dev.muster.protocol.bencode.BDictionary;
import dev.muster.protocol.bencode.BInteger;
import dev.muster.protocol.bencode.BList;
import dev.muster.protocol.bencode.BString;
import dev.muster.protocol.bencode.BValue;
import dev.muster.protocol.bencode.BencodeWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Torrents put together by hand. */
final class Torrents {
  static final int BLOCK = 16_384;

  static Map<BString, BValue> map(Object... pairs) {
    Map<BString, BValue> map = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(BString.of((String) pairs[i]), value(pairs[i + 1]));
    }
    return map;
  }

  static BDictionary dictionary(Object... pairs) {
    return BDictionary.of(map(pairs));
  }

  static BList list(Object... values) {
    return BList.of(Stream.of(values).map(Torrents::value).toArray(BValue[]::new));
  }

  private static BValue value(Object object) {
    return switch (object) {
      case BValue value -> value;
      case byte[] bytes -> BString.of(bytes);
      case Number number -> BInteger.of(number.longValue());
      default -> BString.of(object.toString());
    };
  }

  static byte[] bytes(BValue value) {
    return new BencodeWriter(64).value(value).toByteArray();
  }

  static byte[] torrent(BValue info, Object... more) {
    Map<BString, BValue> root = map(more);
    root.put(BString.of("info"), info);
    return bytes(BDictionary.of(root));
  }

  /** A file of one piece, version 1, with these entries more or instead. */
  static BDictionary v1(Object... more) {
    Map<BString, BValue> info =
        map("name", "a", "piece length", BLOCK, "length", 5, "pieces", new byte[20]);
    info.putAll(map(more));
    return BDictionary.of(info);
  }

  /** A directory with a file of one piece, at this path. */
  static BDictionary v1At(Object... path) {
    return dictionary(
        "name",
        "dir",
        "piece length",
        BLOCK,
        "files",
        list(dictionary("length", 5, "path", list(path))),
        "pieces",
        new byte[20]);
  }

  static BDictionary leaf(Object... properties) {
    return dictionary("", dictionary(properties));
  }

  private Torrents() {}
}
