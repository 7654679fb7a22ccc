package example;

import dev.muster.client.Peer;
import dev.muster.client.Progress;
import dev.muster.client.Self;
import dev.muster.client.TrackerClient;
import dev.muster.protocol.metainfo.LinkException;
import dev.muster.protocol.metainfo.MagnetLink;
import java.time.Duration;
import java.util.List;

/** Joins the swarm of a magnet link for a minute and prints the peers that its trackers name. */
final class FindPeers {
  private static final int PORT = 6881;
  private static final Duration TIME = Duration.ofMinutes(1);

  public static void main(String[] arguments) throws LinkException, InterruptedException {
    MagnetLink link = MagnetLink.parse(arguments[0]);
    Self self = Self.listeningAt(PORT, Progress::unknown);
    try (var client = TrackerClient.create();
        var swarm = client.join(link, self, FindPeers::print)) {
      Thread.sleep(TIME);
      System.out.println(swarm.peers().size() + " peers; the trackers: " + swarm.trackers());
    }
  }

  private static void print(List<Peer> peers) {
    peers.forEach(peer -> System.out.println(peer.endpoint() + " says " + peer.trackers()));
  }

  private FindPeers() {}
}
