package jangteo.bench;

import java.net.URI;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the running shop is. */
final class Shop {
  @Option(
      names = "--gateway",
      defaultValue = "http://127.0.0.1:8080",
      description = "Where orders go in (${DEFAULT-VALUE}).")
  URI gateway = URI.create("");

  @Option(
      names = "--kafka",
      defaultValue = "127.0.0.1:19092",
      description = "Where the outcome is read (${DEFAULT-VALUE}).")
  String kafka = "";

  @Option(
      names = "--state",
      defaultValue = ".jangteo",
      description = "The shop's state folder, for what its processes cost (${DEFAULT-VALUE}).")
  Path state = Path.of("");
}
