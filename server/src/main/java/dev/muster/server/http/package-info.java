/**
 * The HTTP door: announce and scrape over HTTP/1.1, on Netty.
 *
 * <p>A request's way, if it is the only one of its connection: {@link
 * dev.muster.server.http.OneShotLane} answers it where it is accepted. Any other's: {@link
 * dev.muster.server.http.TlsGate} puts TLS before it where that belongs, {@link
 * dev.muster.server.http.RequestDecoder} makes bytes to requests and keeps to the limits; {@link
 * dev.muster.server.http.Connection} takes them one by one and sees to order, time and end; {@link
 * dev.muster.server.http.ClientAddresses} says whom the request is from; {@link
 * dev.muster.server.http.Responder}, one for each event loop, asks the service and writes the
 * answer as one buffer. {@link dev.muster.server.http.HttpDoor} opens and closes all of it, {@link
 * dev.muster.server.http.ListeningSockets} its sockets.
 *
 * <p>What a connection can make this door hold is bounded: one read of 16 KiB, one request line and
 * head of some 16 KiB, and answers of 64 KiB and one more; a connection that does not take its
 * answers is not read from, and closed after a while.
 */
@NullMarked
package dev.muster.server.http;

import org.jspecify.annotations.NullMarked;
