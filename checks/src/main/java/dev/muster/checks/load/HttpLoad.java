package dev.muster.checks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;

/** Announces over HTTP, one on the way per connection. */
final class HttpLoad implements Load {
  private final Selector selector = Selector.open();
  private final List<HttpExchange> exchanges = new ArrayList<>();
  private final Pace pace;
  private int hand;

  /**
   * @param keepAlive whether a connection carries many requests, or one
   */
  HttpLoad(
      Settings settings,
      InetSocketAddress server,
      Workload workload,
      Tally tally,
      boolean keepAlive)
      throws IOException {
    for (int i = 0; i < settings.outstanding(); i++) {
      exchanges.add(
          new HttpExchange(
              selector,
              server,
              Sources.address(i % settings.sources()),
              keepAlive,
              workload,
              tally));
    }
    pace = new Pace(settings.rate(), System.nanoTime());
  }

  @Override
  public void step() throws IOException {
    selector.selectNow(key -> {
      if (key.isValid()) {
        ((HttpExchange) key.attachment()).ready(key.readyOps());
      }
    });
    long now = System.nanoTime();
    for (int i = 0; i < exchanges.size(); i++) {
      HttpExchange exchange = exchanges.get(hand);
      exchange.giveUpIfLate(now);
      if (exchange.isIdle()) {
        long from = pace.take(now);
        if (from == Pace.LATER) {
          return;
        }
        exchange.start(from, now);
      }
      hand = (hand + 1) % exchanges.size();
    }
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : List.copyOf(selector.keys())) {
      key.channel().close();
    }
    selector.close();
  }
}
