/**
 * Links: what people pass on to one another so that their programs find the same content. {@link
 * dev.muster.protocol.metainfo.Link} is what all of them have in common.
 */
@NullMarked
package dev.muster.protocol.metainfo;

import org.jspecify.annotations.NullMarked;
