/**
 * Bencoding (BEP 3, 52): strings, integers, lists and dictionaries as bytes.
 *
 * <p>{@link dev.muster.protocol.bencode.BencodeWriter} writes canonical form only and refuses keys
 * out of order. {@link dev.muster.protocol.bencode.BencodeReader} reads what strangers send, within
 * {@link dev.muster.protocol.bencode.BencodeLimits}, into {@link dev.muster.protocol.bencode.BValue
 * values} that remember which bytes they came from: an info hash is the hash of those, not of what
 * a decoder would write again.
 */
@NullMarked
package dev.muster.protocol.bencode;

import org.jspecify.annotations.NullMarked;
