package dev.muster.protocol.bencode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Values under keys. A dictionary that was read leniently keeps its entries as they stood, unsorted
 * and repeated ones too; of entries with the same key the first counts.
 *
 * @param entries in the order in which they were read, or in that of their keys
 * @param span see {@link BValue#span()}
 */
public record BDictionary(List<Entry> entries, Span span) implements BValue {
  /** A key with its value. */
  public record Entry(BString key, BValue value) {}

  public BDictionary {
    entries = List.copyOf(entries);
  }

  /** The dictionary of this map. */
  public static BDictionary of(Map<BString, ? extends BValue> map) {
    List<Entry> entries = new ArrayList<>(map.size());
    new TreeMap<BString, BValue>(map).forEach((key, value) -> entries.add(new Entry(key, value)));
    return new BDictionary(entries, Span.NONE);
  }

  /** The value under this key. */
  public Optional<BValue> get(String asciiKey) {
    for (Entry entry : entries) {
      if (entry.key.is(asciiKey)) {
        return Optional.of(entry.value);
      }
    }
    return Optional.empty();
  }

  /** The value under this key, if it is a string. */
  public Optional<BString> string(String asciiKey) {
    return get(asciiKey).filter(BString.class::isInstance).map(BString.class::cast);
  }

  /** The value under this key, if it is an integer. */
  public Optional<BInteger> integer(String asciiKey) {
    return get(asciiKey).filter(BInteger.class::isInstance).map(BInteger.class::cast);
  }

  /** The entries in the order of their keys, the first of each key. */
  public Map<BString, BValue> sorted() {
    Map<BString, BValue> map = new TreeMap<>();
    for (Entry entry : entries) {
      map.putIfAbsent(entry.key, entry.value);
    }
    return map;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BDictionary dictionary && sorted().equals(dictionary.sorted());
  }

  @Override
  public int hashCode() {
    return sorted().hashCode();
  }

  @Override
  public String toString() {
    return entries.toString();
  }
}
