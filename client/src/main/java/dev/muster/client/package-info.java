/**
 * The library that applications embed to announce themselves to trackers and to find peers.
 *
 * <h2>Ten lines</h2>
 *
 * {@snippet :
 * Self self = Self.listeningAt(6881, () -> new Progress(uploaded, downloaded, left));
 * try (var client = TrackerClient.create();
 *     var swarm = client.join(link, self, peers -> peers.forEach(this::connect))) {
 *   download.await();
 *   swarm.completed();
 *   seeding.await();
 * }
 * }
 *
 * <p>{@code link} is a {@link dev.muster.protocol.metainfo.Link}: where the swarm's trackers stand.
 * {@link dev.muster.client.TrackerClient#join} announces to them at once and from then on as often
 * as they want; {@link dev.muster.client.Swarm#close} says farewell. One {@link
 * dev.muster.client.TrackerClient} serves an application and all its links; at rest it has one
 * virtual thread, and it holds nothing static.
 *
 * <h2>Peers</h2>
 *
 * <p>The answers of all trackers are merged: each {@link dev.muster.client.Peer} is given once, and
 * carries when it was last seen and by whom. The application itself is left out. {@link
 * dev.muster.client.Swarm#peers} has those that are still fresh: {@link
 * dev.muster.client.TrackerClient.Builder#acceptedAge} says what that is. Tell what became of them
 * with {@link dev.muster.client.Swarm#reached} and {@link dev.muster.client.Swarm#unreachable}: it
 * spares others and yourself the dead ones, it shows which trackers are honest, and it fills the
 * {@link dev.muster.client.PeerCache}, which leads back into a swarm when no tracker answers.
 *
 * <h2>When trackers fail</h2>
 *
 * <p>{@link dev.muster.client.Strategy} says how many trackers are asked at a time: all, the best
 * few, or one after the other in the tiers of BEP 12. One that does not answer is tried again after
 * 15 s, then 30 s, and so on to an hour; one that says when to come back (BEP 31) is believed up to
 * a day; one that says never, or HTTP 410, is not asked again. {@link
 * dev.muster.client.TrackerStatus} is what the client has learnt of a tracker. A private link (BEP
 * 27) uses its own trackers alone, one at a time, no cache, no peers from elsewhere; when it goes
 * to another tracker, {@link dev.muster.client.TrackerEvent.Switched} tells to drop the
 * connections.
 *
 * <h2>How often</h2>
 *
 * <p>A tracker's interval is kept, up to a tenth longer so that announces spread; intervals below a
 * minute and above two hours are taken for these. {@link dev.muster.client.Swarm#wantMorePeers}, a
 * sleep of the machine and a change of its addresses bring the next announce forward, but never
 * before the tracker's {@code min interval} (a minute if it names none) is over. Only events go out
 * at once: started, completed, stopped.
 *
 * <h2>Threads</h2>
 *
 * <p>All is thread-safe. The application is called on virtual threads and may block them: peers of
 * one swarm come one call after the other. {@link dev.muster.client.TrackerClient#events} is for
 * whoever wants to watch; a slow watcher loses events and delays nobody. What waits ({@code close},
 * {@code scrape}) ends when its thread is interrupted.
 */
@NullMarked
package dev.muster.client;

import org.jspecify.annotations.NullMarked;
