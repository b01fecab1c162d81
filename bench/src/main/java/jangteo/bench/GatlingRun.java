package jangteo.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Gatling in a JVM of its own: it brings other versions of what the bench has. */
final class GatlingRun {

  private GatlingRun() {}

  /**
   * Starts a simulation, which prints its figures.
   *
   * @param simulation the class's simple name
   * @param folder where its report goes
   * @param properties what the simulation reads as {@code bench.<name>}
   */
  static Process start(String simulation, Path folder, Map<String, String> properties)
      throws IOException {
    Path module = Path.of(System.getProperty("jangteo.root"), "bench", "gatling", "target");
    String classpath =
        module.resolve("classes")
            + File.pathSeparator
            + Files.readString(module.resolve("classpath")).strip();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--add-opens=java.base/java.lang=ALL-UNNAMED"));
    properties.forEach((name, value) -> command.add("-Dbench." + name + "=" + value));
    command.addAll(
        List.of(
            "-cp",
            classpath,
            "io.gatling.app.Gatling",
            "-s",
            "jangteo.bench.gatling." + simulation,
            "-rf",
            folder.resolve("gatling").toAbsolutePath().toString()));
    return new ProcessBuilder(command).inheritIO().start();
  }
}
