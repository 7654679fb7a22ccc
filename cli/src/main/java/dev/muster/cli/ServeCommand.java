package dev.muster.cli;

import dev.muster.server.StartException;
import dev.muster.server.TrackerServer;
import dev.muster.server.config.Config;
import dev.muster.server.config.ConfigException;
import dev.muster.server.config.ConfigReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster serve}: runs the tracker until told to stop. */
@Command(
    name = "serve",
    description = {
      "Run the tracker until Ctrl-C or SIGTERM.",
      "Defaults give way to --config, that to --set, and that to the other options."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Muster.Version.class)
final class ServeCommand implements Callable<Integer> {
  private final PrintWriter out;
  private final PrintWriter err;

  ServeCommand(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  @Option(
      names = "--http",
      paramLabel = "HOST:PORT",
      description = {
        "Where HTTP listens; may be given again. :PORT is all addresses, port 0 is the system's"
            + " choice, `off` leaves it shut. Default :6969"
      })
  List<String> http = List.of();

  @Option(
      names = "--https",
      paramLabel = "HOST:PORT",
      description = {
        "Where HTTPS listens, in the same way; needs tls.certificate and tls.key. Default off"
      })
  List<String> https = List.of();

  @Option(
      names = "--udp",
      paramLabel = "HOST:PORT",
      description = "Where UDP listens, in the same way. Default :6969")
  List<String> udp = List.of();

  @Option(
      names = "--admin",
      paramLabel = "HOST:PORT",
      description = "Where the operator's port listens, or `off`. Default 127.0.0.1:6970")
  @Nullable String admin;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Read this TOML file; `muster config` prints one with all keys.")
  @Nullable Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Set one key of the configuration, as in announce.interval=30m; may be repeated.")
  List<String> set = List.of();

  @Override
  public Integer call() throws InterruptedException {
    TrackerServer.warmUp();
    Config configuration;
    try {
      configuration = read();
    } catch (ConfigException e) {
      e.problems().forEach(problem -> err.println("muster: " + problem));
      return Muster.USAGE;
    }
    LogSetup.level(configuration.log().level());
    AtomicReference<TrackerServer> server = new AtomicReference<>();
    Thread stop = new Thread(() -> stop(server.get()), "stop");
    Runtime.getRuntime()
        .addShutdownHook(stop); // first: a signal may come as soon as a door is open
    try {
      server.set(TrackerServer.start(configuration, Muster.version()));
    } catch (StartException e) {
      err.println("muster: " + e.getMessage());
      return Muster.FAILED;
    } finally {
      if (server.get()
          == null) { // whatever the reason: this is not the clean end that the hook reports
        Runtime.getRuntime().removeShutdownHook(stop);
      }
    }
    Announcement.print(server.get(), Muster.version(), out);
    new CountDownLatch(1).await(); // until a signal
    return Muster.DONE;
  }

  private Config read() throws ConfigException {
    ConfigReader reader = new ConfigReader();
    if (config != null) {
      reader.file(config);
    }
    set.forEach(assignment -> reader.set("--set", assignment));
    if (!http.isEmpty()) {
      reader.set("--http", "http.listen", String.join(",", http));
    }
    if (!https.isEmpty()) {
      reader.set("--https", "tls.listen", String.join(",", https));
    }
    if (!udp.isEmpty()) {
      reader.set("--udp", "udp.listen", String.join(",", udp));
    }
    if (admin != null) {
      reader.set("--admin", "admin.listen", admin);
    }
    return reader.read();
  }

  /** Runs when a signal came. Without the halt the JVM would report 143 or 130 for a clean end. */
  private static void stop(@Nullable TrackerServer server) {
    int code = Muster.FAILED;
    try {
      if (server != null) {
        server.close();
      }
      code = Muster.DONE;
    } finally {
      Runtime.getRuntime().halt(code);
    }
  }
}
