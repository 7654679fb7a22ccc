/**
 * The one service: the policy that every door shares.
 *
 * <p>A door decodes bytes to an {@link dev.muster.protocol.announce.Announce}, hands it to {@link
 * dev.muster.server.announce.AnnounceService} together with its {@link
 * dev.muster.server.announce.AnnounceReply}, and encodes what the reply then holds. Doors meet here
 * and never import one another.
 */
@NullMarked
package dev.muster.server.announce;

import org.jspecify.annotations.NullMarked;
