/** What applications embed to find peers: the JDK and {@code dev.muster.protocol}, nothing else. */
module dev.muster.client {
  requires static transitive org.jspecify;
  requires transitive dev.muster.protocol;

  exports dev.muster.client;
}
