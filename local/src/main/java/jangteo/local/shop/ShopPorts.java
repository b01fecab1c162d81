package jangteo.local.shop;

import jangteo.local.servers.Ports;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.Properties;
import java.util.stream.IntStream;

/**
 * Every port the shop listens on, by a name like {@code kafka} or {@code item.grpc}; all on
 * loopback. The defaults do not collide with those of installed databases.
 */
public final class ShopPorts {
  private static final int FREE_FROM = 20_000;
  private static final int FREE_TO = 26_000;
  private static final Map<String, Integer> DEFAULTS = defaults();

  private final Map<String, Integer> ports;

  private ShopPorts(Map<String, Integer> ports) {
    this.ports = ports;
  }

  /** The documented ports. */
  public static ShopPorts standard() {
    return new ShopPorts(DEFAULTS);
  }

  /**
   * Ports that are free now. Those kept in the file are taken again while they are free, so that a
   * shop on the same data comes back where it was.
   *
   * @throws IOException when the file cannot be read or written
   */
  public static ShopPorts free(Path file) throws IOException {
    Map<String, Integer> kept = read(file);
    if (kept.keySet().equals(DEFAULTS.keySet()) && kept.values().stream().allMatch(Ports::isFree)) {
      return new ShopPorts(kept);
    }
    Map<String, Integer> chosen = new LinkedHashMap<>();
    PrimitiveIterator.OfInt free = free();
    for (String name : DEFAULTS.keySet()) {
      chosen.put(name, free.nextInt());
    }
    write(file, chosen);
    return new ShopPorts(chosen);
  }

  /** The port of that name. */
  public int of(String name) {
    Integer port = ports.get(name);
    if (port == null) {
      throw new IllegalArgumentException("no port is called " + name);
    }
    return port;
  }

  /** Whether the shop has a port of that name. */
  public boolean has(String name) {
    return ports.containsKey(name);
  }

  /** All ports by name, in the order of the start. */
  public Map<String, Integer> all() {
    return Map.copyOf(ports);
  }

  /** Ports that are free now and not of the shop, each once. */
  PrimitiveIterator.OfInt spare() {
    PrimitiveIterator.OfInt free = free();
    return IntStream.generate(free::nextInt).filter(port -> !ports.containsValue(port)).iterator();
  }

  /**
   * Free ports below the range from which systems take the ports of outgoing connections: one of
   * those may be gone again before its server starts.
   */
  private static PrimitiveIterator.OfInt free() {
    int first = FREE_FROM + (int) (ProcessHandle.current().pid() * 41 % (FREE_TO - FREE_FROM));
    return IntStream.concat(IntStream.range(first, FREE_TO), IntStream.range(FREE_FROM, first))
        .filter(Ports::isFree)
        .iterator();
  }

  private static Map<String, Integer> defaults() {
    Map<String, Integer> ports = new LinkedHashMap<>();
    ports.put("mariadb", 13306);
    ports.put("redis", 16379);
    ports.put("kafka", 19092);
    ports.put("kafka.controller", 19093);
    ports.put("mongodb", 17017);
    int place = 1;
    for (ShopService service : ShopService.ALL) {
      ports.put(service.name(), 8080 + place);
      if (service.hostsGrpc()) {
        ports.put(service.name() + ".grpc", 7080 + place);
      }
      ports.put(service.name() + ".admin", 9080 + place);
      place++;
    }
    ports.put("mail", 11025);
    ports.put("gateway", 8080);
    ports.put("gateway.admin", 19901);
    return ports;
  }

  private static Map<String, Integer> read(Path file) throws IOException {
    Map<String, Integer> kept = new LinkedHashMap<>();
    if (Files.exists(file)) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      }
      properties.forEach((name, port) -> kept.put((String) name, Integer.valueOf((String) port)));
    }
    return kept;
  }

  private static void write(Path file, Map<String, Integer> ports) throws IOException {
    Properties properties = new Properties();
    ports.forEach((name, port) -> properties.setProperty(name, port.toString()));
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, "free ports of this shop");
    }
  }
}
