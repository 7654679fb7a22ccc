package dev.muster.client;

import dev.muster.protocol.id.Address;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/** This machine's addresses, as last looked up. */
final class OwnAddresses implements Supplier<Set<Address>> {
  private static final System.Logger LOG = System.getLogger(OwnAddresses.class.getName());

  private volatile Set<Address> addresses = lookUp(Set.of());

  @Override
  public Set<Address> get() {
    return addresses;
  }

  /** Looks again; whether they are others now. */
  boolean haveChanged() {
    Set<Address> before = addresses;
    addresses = lookUp(before);
    return !addresses.equals(before);
  }

  private static Set<Address> lookUp(Set<Address> otherwise) {
    try {
      Set<Address> found = new HashSet<>();
      NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
          .map((InetAddress address) -> Address.of(address))
          .forEach(found::add);
      return Set.copyOf(found);
    } catch (SocketException e) {
      LOG.log(Level.DEBUG, "the machine's addresses cannot be looked up", e);
      return otherwise;
    }
  }
}
