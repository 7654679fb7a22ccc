package dev.muster.server.config;

import dev.muster.protocol.id.Address;
import java.net.InetAddress;

/**
 * A network, written {@code ADDRESS/BITS}; a bare address is a network of one.
 *
 * @param address its first address: the bits beyond the prefix are zero
 * @param prefixBits 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Network(Address address, int prefixBits) {

  static Network parse(String text) {
    int slash = text.indexOf('/');
    Address address =
        Address.of(InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash)));
    byte[] bytes = address.bytes();
    int bits = slash < 0 ? bytes.length * 8 : Integer.parseInt(text.substring(slash + 1));
    if (bits < 0 || bits > bytes.length * 8) {
      throw new IllegalArgumentException("prefix too long");
    }
    for (int i = bits; i < bytes.length * 8; i++) {
      bytes[i / 8] &= (byte) ~(0x80 >> i % 8);
    }
    return new Network(Address.of(bytes), bits);
  }

  @Override
  public String toString() {
    return address + "/" + prefixBits;
  }
}
