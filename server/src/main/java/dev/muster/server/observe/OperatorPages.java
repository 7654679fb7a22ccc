package dev.muster.server.observe;

import static io.netty.handler.codec.http.HttpResponseStatus.BAD_REQUEST;
import static io.netty.handler.codec.http.HttpResponseStatus.FORBIDDEN;
import static io.netty.handler.codec.http.HttpResponseStatus.METHOD_NOT_ALLOWED;
import static io.netty.handler.codec.http.HttpResponseStatus.NOT_FOUND;
import static io.netty.handler.codec.http.HttpResponseStatus.SERVICE_UNAVAILABLE;
import static io.netty.handler.codec.http.HttpResponseStatus.UNAUTHORIZED;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the operator's port answers to a well-formed request, and to whom. Belongs to the port's
 * thread.
 *
 * <p>Refusals come in this order: not addressed to this port (400, 403), a method that changes
 * things (405), no token (401), no such page (404). A stranger does not learn which pages there
 * are.
 */
final class OperatorPages {
  /** RFC 9112 §3.2: a path and perhaps a query, or a whole URL, as proxies are sent it. */
  private static final Pattern TARGET =
      Pattern.compile(
          "(?:[Hh][Tt][Tt][Pp]://(?<authority>[^/?#]*))?(?<path>/[^?#]*)(?:\\?(?<query>[^#]*))?");

  private final HostRule hosts;
  private final TokenRule token;
  private final Observed observed;
  private final Readings readings;
  private final OperatorMeter meter;

  OperatorPages(
      OperatorSettings settings, Observed observed, Readings readings, OperatorMeter meter) {
    this.hosts = new HostRule(settings.hosts());
    this.token = new TokenRule(settings.token());
    this.observed = observed;
    this.readings = readings;
    this.meter = meter;
  }

  /**
   * The answer to a request.
   *
   * @param local the address the caller has connected to
   */
  Reply answer(HttpRequest request, InetAddress local) {
    List<String> named = request.headers().getAll(HttpHeaderNames.HOST);
    boolean mayBeNone = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    if (named.size() > 1 || named.isEmpty() && !mayBeNone) {
      return Reply.of(BAD_REQUEST, "One Host field is needed, and there are " + named.size() + ".");
    }
    Matcher target = TARGET.matcher(request.uri());
    if (!target.matches()) {
      return Reply.of(BAD_REQUEST, "The request's target is neither a path nor a URL.");
    }
    if (target.group("authority") != null) {
      named = Stream.concat(named.stream(), Stream.of(target.group("authority"))).toList();
    }
    if (!named.stream().allMatch(HostRule::isWellFormed)) {
      return Reply.of(BAD_REQUEST, "The Host field is not a host and port.");
    }
    if (!named.stream().allMatch(host -> hosts.allows(host, local))) {
      return Reply.of(
          FORBIDDEN,
          "This port does not answer under that name. The operator can allow it in the settings.");
    }
    HttpMethod method = request.method();
    if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
      return Reply.of(METHOD_NOT_ALLOWED, "Only GET and HEAD are answered here.");
    }
    return page(request, target.group("path"), target.group("query"));
  }

  /** Whether the request shows the token, or there is none to show. */
  boolean isOperators(HttpRequest request) {
    return token.admits(request.headers().get(HttpHeaderNames.AUTHORIZATION));
  }

  private Reply page(HttpRequest request, String path, @Nullable String query) {
    if (path.equals("/healthz")) {
      Health health = observed.health().get();
      return health == Health.UP
          ? Reply.ok(Reply.TEXT, health.word() + "\n")
          : Reply.of(SERVICE_UNAVAILABLE, health.word());
    }
    if (!isOperators(request)) {
      return Reply.of(UNAUTHORIZED, "The operator's token is needed.");
    }
    return switch (path) {
      case "/" -> StatusPage.of(readings.current(), "refresh".equals(query));
      case "/metrics" ->
          Exposition.of(
              Metrics.of(readings.current(), meter),
              request.headers().get(HttpHeaderNames.ACCEPT, ""));
      case "/stats.json" -> StatsJson.of(readings.current());
      default -> Reply.of(NOT_FOUND, "There are / and /metrics and /stats.json and /healthz here.");
    };
  }
}
