/**
 * Wire formats of peer-to-peer tracking: bytes to messages and back. No sockets, no threads, no
 * clock.
 */
module dev.muster.protocol {
  requires static transitive org.jspecify;

  exports dev.muster.protocol.announce;
  exports dev.muster.protocol.bencode;
  exports dev.muster.protocol.http;
  exports dev.muster.protocol.id;
  exports dev.muster.protocol.metainfo;
  exports dev.muster.protocol.udp;
}
