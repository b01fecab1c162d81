package jangteo.local.shop;

import jangteo.local.Refusal;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a service is run from. Jars that were built here are copied first, each build of a jar to a
 * name of its own, so that the next build pulls nothing from under a running service; third-party
 * jars stay where Maven put them. All shops of a checkout run from the same copies, and so share
 * the class archive that goes with them.
 */
record ServiceJars(String service, Path checkout, Path folder) {
  /** A shop may still run on an older build; on one before the last few hardly. */
  private static final int BUILDS_KEPT = 4;

  /** Beside the one that is about to come; they are large. */
  private static final int ARCHIVES_KEPT = 1;

  /** The jars of a service of this checkout. */
  static ServiceJars of(String service, Path checkout) {
    return new ServiceJars(
        service, checkout, checkout.resolve(".jangteo").resolve("app").resolve(service));
  }

  /**
   * Where the JVM keeps the service's loaded classes between its runs. It writes the file when the
   * service ends well and there is none yet, and never replaces one of another class path: each
   * class path has a file of its own. With it, a start takes half the time and CPU.
   *
   * @param classPath what {@link #classPath()} says
   */
  Path classArchive(String classPath) throws IOException {
    Path archive = folder.resolve("classes.%08x.jsa".formatted(classPath.hashCode()));
    if (!Files.exists(archive)) {
      deleteOlder("classes.", ARCHIVES_KEPT);
    }
    return archive;
  }

  /** Copies what is not copied yet. */
  String classPath() throws IOException {
    Path list = checkout.resolve(service).resolve("target").resolve("classpath");
    if (!Files.exists(list)) {
      throw new Refusal(service + " is not built; ./jangteo up builds it.");
    }
    Files.createDirectories(folder);
    List<String> entries = new ArrayList<>();
    entries.add(copy(ShopParts.jar(checkout, service)));
    for (String entry : Files.readString(list).strip().split(File.pathSeparator, -1)) {
      Path jar = Path.of(entry);
      entries.add(jar.startsWith(checkout) ? copy(jar) : entry);
    }
    return String.join(File.pathSeparator, entries);
  }

  private String copy(Path jar) throws IOException {
    String name = jar.getFileName().toString().replaceFirst("\\.jar$", "");
    Path copy =
        folder.resolve(
            "%s.%d-%d.jar"
                .formatted(name, Files.getLastModifiedTime(jar).toMillis(), Files.size(jar)));
    if (!Files.exists(copy)) {
      Path half = Files.createTempFile(folder, name, ".half");
      Files.copy(
          jar, half, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      Files.move(half, copy, StandardCopyOption.ATOMIC_MOVE);
      deleteOlder(name + ".", BUILDS_KEPT);
    }
    return copy.toString();
  }

  private void deleteOlder(String prefix, int kept) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> old =
          files
              .filter(file -> file.getFileName().toString().startsWith(prefix))
              .sorted(Comparator.comparing(ServiceJars::built).reversed())
              .skip(kept)
              .toList();
      for (Path file : old) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static FileTime built(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
