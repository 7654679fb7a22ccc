/**
 * The fence around everything unsafe: Linux system calls on UDP sockets, many packets at a time,
 * through the foreign function interface.
 *
 * <p>{@link dev.muster.server.udp.linux.BatchSocket} is a socket, {@link
 * dev.muster.server.udp.linux.MessageBatch} the memory that the kernel writes packets to and reads
 * replies from. Outside this package nobody sees a pointer, and inside it every pointer is to
 * memory that a batch owns for as long as it lives.
 */
@NullMarked
package dev.muster.server.udp.linux;

import org.jspecify.annotations.NullMarked;
