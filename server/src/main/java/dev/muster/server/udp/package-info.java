/**
 * The UDP door (BEP 15, 41).
 *
 * <p>A {@link dev.muster.server.udp.UdpDoor} owns sockets and threads and knows no protocol: it
 * fills an {@code UdpBatch} with the packets that wait, has the {@code UdpResponder} answer them,
 * and sends what that wrote. {@link dev.muster.server.udp.LinuxUdpDoor} moves many packets with one
 * system call; {@link dev.muster.server.udp.NioUdpDoor} runs wherever Java does.
 *
 * <p>The responder is bytes in, bytes out. What it is afraid of: senders who forge their address.
 * Anybody can write a victim's address on a packet, and the tracker's answer then hits the victim.
 * So nothing is filed for, and no more bytes are sent to, an address than came from it, until the
 * sender has shown that it receives what is sent there: by giving back a connection id that only
 * this tracker can make. {@link dev.muster.server.udp.ConnectionIds} makes and checks them without
 * remembering any.
 */
@NullMarked
package dev.muster.server.udp;

import org.jspecify.annotations.NullMarked;
