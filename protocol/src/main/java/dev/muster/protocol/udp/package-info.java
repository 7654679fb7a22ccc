/**
 * The UDP tracker protocol (BEP 15) and its options (BEP 41), both ends.
 *
 * <p>The messages are records: {@link dev.muster.protocol.udp.UdpRequest} and {@link
 * dev.muster.protocol.udp.UdpResponse}, which encode and decode themselves. The client and the
 * tests use them.
 *
 * <p>A tracker's packet path does not, for it may allocate nothing: {@link
 * dev.muster.protocol.udp.PacketKind} tells what a packet is, {@link
 * dev.muster.protocol.udp.UdpAnnounce} and {@link dev.muster.protocol.udp.UdpScrape} are views of
 * the buffer it lies in, and {@link dev.muster.protocol.udp.UdpReplies} writes what goes back. The
 * records are their test oracle, and share nothing with them but the offsets in the drawings.
 *
 * <p>All numbers are big-endian. Requests may be longer than drawn (BEP 15 reserves that), replies
 * never are: stock clients throw away a reply with one byte too many.
 */
@NullMarked
package dev.muster.protocol.udp;

import org.jspecify.annotations.NullMarked;
