package dev.muster.server.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * {@code /metrics}: metrics written as the scraper's {@code Accept} asks, in OpenMetrics 1.0 or
 * else the Prometheus text format 0.0.4.
 */
final class Exposition {
  private static final ExpositionFormats FORMATS = ExpositionFormats.init();

  private Exposition() {}

  /**
   * The answer to a scrape.
   *
   * @param accept the scraper's {@code Accept}, empty if it sent none
   */
  static Reply of(MetricSnapshots metrics, String accept) {
    ExpositionFormatWriter writer = FORMATS.findWriter(accept);
    if (!writer.isAvailable()) { // protobuf, which we leave out
      writer = FORMATS.getPrometheusTextFormatWriter();
    }
    var bytes = new ByteArrayOutputStream(1 << 14);
    try {
      // no name here needs escaping, so the scheme makes no difference
      writer.write(bytes, metrics, EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException impossible) { // the stream is an array
      throw new UncheckedIOException(impossible);
    }
    return Reply.ok(writer.getContentType(), bytes.toString(UTF_8));
  }
}
