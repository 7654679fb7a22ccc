/**
 * Links: what people pass on to one another so that their programs find the same content. {@link
 * dev.muster.protocol.metainfo.Link} is what all of them have in common; {@link
 * dev.muster.protocol.metainfo.MagnetLink} and {@link dev.muster.protocol.metainfo.TorrentFile} are
 * two kinds of it.
 *
 * <p>Links come from strangers. What is wrong with the hash, or would lead a writer of files out of
 * its directory, is refused; what else is wrong is left out with a remark. Sizes are bounded:
 * {@link dev.muster.protocol.metainfo.TorrentLimits}.
 */
@NullMarked
package dev.muster.protocol.metainfo;

import org.jspecify.annotations.NullMarked;
