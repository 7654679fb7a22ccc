/**
 * What things are called: {@link dev.muster.protocol.id.InfoHash info hashes}, {@link
 * dev.muster.protocol.id.PeerId peer ids}, {@link dev.muster.protocol.id.Address addresses}, {@link
 * dev.muster.protocol.id.Endpoint endpoints} and {@link dev.muster.protocol.id.Network networks},
 * as values of fixed size that cannot be malformed.
 */
@NullMarked
package dev.muster.protocol.id;

import org.jspecify.annotations.NullMarked;
