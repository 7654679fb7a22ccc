package dev.muster.server.observe;

import io.netty.channel.Channel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The connections to the operator's port, so many at a time and no more. Belongs to the port's
 * thread.
 *
 * <p>At the limit a newcomer takes the place of the oldest connection that has not shown the token
 * yet. So a stranger who opens all there are, or asks for what is open to all, does not lock the
 * operator out. Without a token whoever was answered is taken for the operator.
 */
final class Connections {
  private final int limit;
  private final OperatorMeter meter;

  /** In the order they came. */
  private final Set<Channel> strangers = new LinkedHashSet<>();

  private final Set<Channel> trusted = new LinkedHashSet<>();

  Connections(int limit, OperatorMeter meter) {
    this.limit = limit;
    this.meter = meter;
  }

  /** Takes a connection in, closing another or itself if there are too many. */
  void admit(Channel channel) {
    if (strangers.size() + trusted.size() >= limit) {
      meter.displace();
      if (strangers.isEmpty()) {
        channel.close();
        return;
      }
      Channel oldest = strangers.iterator().next();
      strangers.remove(oldest);
      oldest.close();
    }
    strangers.add(channel);
    channel
        .closeFuture()
        .addListener(closed -> {
          strangers.remove(channel);
          trusted.remove(channel);
        });
  }

  /** From now on this connection keeps its place. */
  void trust(Channel channel) {
    if (strangers.remove(channel)) {
      trusted.add(channel);
    }
  }

  /** Closes all there are. */
  void closeAll() {
    // copies: closing one takes it out of its set
    List.copyOf(strangers).forEach(Channel::close);
    List.copyOf(trusted).forEach(Channel::close);
  }
}
