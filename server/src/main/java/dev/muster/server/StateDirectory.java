package dev.muster.server;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of private files that outlive the process: secrets in hex, each made on first use.
 *
 * <p>Directory and files are their owner's only (0700, 0600) from the moment they exist. A file
 * appears whole under its name or not at all, and when two processes make the same one, both end
 * with what came first. Where nothing can be written the secret lives as long as the process, and
 * the log says so.
 */
final class StateDirectory {
  private static final Logger log = LoggerFactory.getLogger(StateDirectory.class);
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path directory;
  private final RandomGenerator random;

  /**
   * @param directory made when the first file is
   * @param random where secrets come from
   */
  StateDirectory(Path directory, RandomGenerator random) {
    this.directory = directory;
    this.random = random;
  }

  /**
   * The user's own directory (XDG Base Directory Specification): {@code $XDG_STATE_HOME/muster}, or
   * {@code ~/.local/state/muster} if that is not set or not absolute.
   */
  static Path ofUser(Optional<String> xdgStateHome, String home) {
    return xdgStateHome
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElseGet(() -> Path.of(home, ".local", "state"))
        .resolve("muster");
  }

  /** A secret, and the file that holds it if one does. */
  record Kept(byte[] bytes, Optional<Path> file) {}

  /**
   * The secret of this name, made now if there is none.
   *
   * @param name of the file
   * @param bytes its length
   */
  Kept secret(String name, int bytes) {
    Path file = directory.resolve(name);
    try {
      return new Kept(readOrMake(file, bytes), Optional.of(file));
    } catch (IOException e) {
      log.warn("{} cannot be kept ({}): it will be another after a restart", file, reason(e));
      return new Kept(fresh(bytes), Optional.empty());
    }
  }

  private byte[] readOrMake(Path file, int bytes) throws IOException {
    try {
      return read(file, bytes);
    } catch (NoSuchFileException e) {
      make(file, fresh(bytes));
      return read(file, bytes); // another process may have been first
    }
  }

  private static byte[] read(Path file, int bytes) throws IOException {
    String text = Files.readString(file).strip();
    if (isPosix(file) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
      log.warn("{} could be read by others; it is its owner's only from now on", file);
      Files.setPosixFilePermissions(file, OWNER_ONLY);
    }
    if (!text.matches("[0-9a-f]{" + 2 * bytes + "}")) {
      throw new IOException("not " + 2 * bytes + " hex digits; delete it to have a new one made");
    }
    return HexFormat.of().parseHex(text);
  }

  private void make(Path file, byte[] secret) throws IOException {
    Files.createDirectories(directory, mode("rwx------"));
    Path draft =
        Files.createTempFile(directory, file.getFileName().toString(), ".new", mode("rw-------"));
    try {
      Files.writeString(draft, HexFormat.of().formatHex(secret) + "\n");
      Files.createLink(file, draft); // unlike a move, never replaces one that came first
    } catch (FileAlreadyExistsException e) {
      log.debug("{} was made by another process at the same time", file);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private FileAttribute<?>[] mode(String permissions) {
    return directory.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private byte[] fresh(int bytes) {
    byte[] secret = new byte[bytes];
    random.nextBytes(secret);
    return secret;
  }

  private static String reason(IOException e) {
    return e.getClass() == IOException.class
        ? String.valueOf(e.getMessage())
        : e.getClass().getSimpleName().replace("Exception", "") + " " + e.getMessage();
  }
}
