/**
 * Announce and scrape as they stand in a URL, and the bencoded answers (BEP 3, 7, 21, 23, 24, 27,
 * 31, 48). Of HTTP itself nothing is here: the server's door and the client bring that.
 *
 * <p>{@link dev.muster.protocol.http.HttpQuery#parse} reads a request target: an {@link
 * dev.muster.protocol.http.AnnounceQuery}, a {@link dev.muster.protocol.http.ScrapeQuery}, or a
 * {@link dev.muster.protocol.http.RefusedQuery} with the sentence to tell the caller; {@link
 * dev.muster.protocol.http.QueryWriter} writes such a query. {@link
 * dev.muster.protocol.http.ResponseWriter} writes the answers, {@link
 * dev.muster.protocol.http.TrackerResponse} reads them.
 */
@NullMarked
package dev.muster.protocol.http;

import org.jspecify.annotations.NullMarked;
