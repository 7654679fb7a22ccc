package dev.muster.server.observe;

import java.time.Instant;

/**
 * What an operator should know of the certificate behind HTTPS.
 *
 * @param expiry when it ends, or the first of its issuers' that are sent along
 * @param failedReloads how often its files have changed into what cannot be used
 */
public record CertificateFacts(Instant expiry, long failedReloads) {}
