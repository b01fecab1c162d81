package jangteo.local.servers;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The folder that keeps what was fetched and unpacked, outside any checkout. An entry is built
 * aside and renamed when complete: an entry that exists is whole, whenever the builder was killed.
 */
public final class Cache {
  private static final String ASIDE = ".building-";
  private static final Duration ABANDONED = Duration.ofDays(1);

  private Cache() {}

  /** Puts an entry's files into an empty folder. */
  @FunctionalInterface
  public interface Fill {
    /** Fills the folder. */
    void into(Path folder) throws IOException;
  }

  /**
   * {@code JANGTEO_CACHE}, else {@code jangteo} in {@code XDG_CACHE_HOME}, else {@code
   * ~/.cache/jangteo}.
   */
  public static Path folder() {
    return folder(System.getenv());
  }

  static Path folder(Map<String, String> environment) {
    return setting(environment, "JANGTEO_CACHE")
        .map(Path::of)
        .or(() -> setting(environment, "XDG_CACHE_HOME").map(xdg -> Path.of(xdg, "jangteo")))
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "jangteo"))
        .toAbsolutePath();
  }

  /** A variable that is set and not empty. */
  static Optional<String> setting(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /**
   * The entry's folder, filled first when it is not there. Two processes may fill the same entry at
   * once: one wins, both may use it.
   *
   * @param bytes about how much room the entry needs
   * @throws MissingPartException when the disk has not that much room
   */
  public static Path entry(Path cache, String name, long bytes, Fill fill) throws IOException {
    Path entry = cache.resolve(name);
    if (Files.isDirectory(entry)) {
      return entry;
    }
    Files.createDirectories(cache);
    removeAbandoned(cache);
    requireRoom(cache, bytes);
    Path aside = Files.createTempDirectory(cache, ASIDE);
    try {
      fill.into(aside);
      Files.move(aside, entry, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(entry)) {
        throw e;
      }
    } finally {
      delete(aside);
    }
    return entry;
  }

  private static void requireRoom(Path cache, long bytes) throws IOException {
    long room = Files.getFileStore(cache).getUsableSpace();
    if (room < bytes) {
      throw new MissingPartException(
          "disk space: %d MB are needed in %s, %d MB are left"
              .formatted(bytes >> 20, cache, room >> 20),
          "Make room, or name a folder on another disk by JANGTEO_CACHE.");
    }
  }

  private static void removeAbandoned(Path cache) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(cache, ASIDE + "*")) {
      for (Path folder : left) {
        Instant touched = Files.getLastModifiedTime(folder).toInstant();
        if (touched.isBefore(Instant.now().minus(ABANDONED))) {
          delete(folder);
        }
      }
    }
  }

  /** Copies a folder and all in it. */
  static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Copies a folder beside its target and renames it: the target is whole or not there. */
  static void copyWhole(Path from, Path to) throws IOException {
    Files.createDirectories(to.toAbsolutePath().getParent());
    Path aside = to.resolveSibling(to.getFileName() + ".new");
    delete(aside);
    copy(from, aside);
    Files.move(aside, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Deletes a folder and all in it; harmless when it is not there. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path visited, @org.jspecify.annotations.Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
