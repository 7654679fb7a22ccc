/**
 * What things are called: {@link dev.muster.protocol.id.InfoHash info hashes}, {@link
 * dev.muster.protocol.id.PeerId peer ids} and {@link dev.muster.protocol.id.Address addresses}, as
 * values of fixed size that cannot be malformed.
 */
@NullMarked
package dev.muster.protocol.id;

import org.jspecify.annotations.NullMarked;
