package jangteo.local.shop;

import jangteo.local.Refusal;
import jangteo.local.StateFolder;
import jangteo.local.servers.Cache;
import jangteo.local.servers.Envoy;
import jangteo.local.servers.GatewayPorts;
import jangteo.local.servers.Kafka;
import jangteo.local.servers.MariaDb;
import jangteo.local.servers.Mongo;
import jangteo.local.servers.Progress;
import jangteo.local.servers.Redis;
import jangteo.local.servers.Schemas;
import jangteo.local.servers.Toxiproxy;
import jangteo.local.supervisor.Part;
import jangteo.local.supervisor.Part.Layer;
import jangteo.local.supervisor.Part.OnReady;
import jangteo.local.supervisor.Part.Prepared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All parts of the shop, in the order in which they start on two cores. */
public final class ShopParts {
  private final Path checkout;
  private final StateFolder state;
  private final ShopPorts ports;
  private final Wires wires;
  private final Admin admin;
  private final Settings settings;

  /** With parts that reach each other directly, and with the usual settings. */
  public ShopParts(Path checkout, StateFolder state, ShopPorts ports, Admin admin) {
    this(checkout, state, ports, Wires.direct(ports), admin, Settings.usual());
  }

  /**
   * @param checkout the root of the built checkout
   */
  public ShopParts(
      Path checkout,
      StateFolder state,
      ShopPorts ports,
      Wires wires,
      Admin admin,
      Settings settings) {
    this.checkout = checkout;
    this.state = state;
    this.ports = ports;
    this.wires = wires;
    this.admin = admin;
    this.settings = settings;
  }

  /** The servers, the services, the gateway; the proxies first when there are any. */
  public List<Part> all() {
    List<Part> parts = new ArrayList<>();
    if (wires.areProxied()) {
      parts.add(proxies());
    }
    parts.addAll(servers());
    ShopService.ALL.forEach(service -> parts.add(service(service)));
    parts.add(gateway(parts.stream().map(Part::name).collect(Collectors.toSet())));
    return parts;
  }

  private Part gateway(Set<String> after) {
    var routed =
        new GatewayPorts(
            ports.of("gateway"),
            ports.of("gateway.admin"),
            wires.port("gateway", "member"),
            wires.port("gateway", "member.grpc"),
            wires.port("gateway", "item"),
            wires.port("gateway", "search"),
            wires.port("gateway", "order"),
            wires.port("gateway", "payment"),
            wires.port("gateway", "review"),
            wires.port("gateway", "aggregate"));
    return new Part(
        "gateway",
        Layer.GATEWAY,
        after,
        List.of(ports.of("gateway"), ports.of("gateway.admin")),
        progress -> {
          Envoy server = Envoy.locate(Cache.folder(), progress);
          return new Prepared(
              server.program(state.data("gateway"), state.logs(), routed, origins()),
              server.origin());
        },
        OnReady.NOTHING);
  }

  /** Of pages that may call the shop; the services read the same variable. */
  private static List<String> origins() {
    String named = System.getenv().getOrDefault("CORS_ALLOW_ORIGINS", "");
    return Stream.of(named.split(",", -1))
        .map(String::strip)
        .filter(origin -> !origin.isEmpty())
        .toList();
  }

  /** The four servers that keep data. */
  public List<Part> servers() {
    Path cache = Cache.folder();
    return List.of(
        server(
            "mariadb",
            List.of("mariadb"),
            (progress, data) -> {
              MariaDb server = MariaDb.locate(cache, progress);
              return new Prepared(
                  server.roomyProgram(data, state.logs(), ports.of("mariadb")), server.origin());
            },
            this::createSchemas),
        server(
            "kafka",
            List.of("kafka", "kafka.controller"),
            (progress, data) -> {
              Kafka server = Kafka.locate(cache, progress);
              return new Prepared(
                  server.program(
                      data,
                      state.logs(),
                      ports.of("kafka"),
                      ports.of("kafka.controller"),
                      wires.kafkaListeners()),
                  server.origin());
            },
            OnReady.NOTHING),
        server(
            "mongodb",
            List.of("mongodb"),
            (progress, data) -> {
              Mongo server = Mongo.locate(cache, progress);
              return new Prepared(
                  server.program(data, state.logs(), ports.of("mongodb")), server.origin());
            },
            OnReady.NOTHING),
        server(
            "redis",
            List.of("redis"),
            (progress, data) -> {
              Redis server = Redis.locate(cache, progress);
              return new Prepared(
                  server.program(data, state.logs(), ports.of("redis")), server.origin());
            },
            OnReady.NOTHING));
  }

  /** Finds a server and says how it runs on a data folder. */
  private interface Locating {
    Prepared prepare(Progress progress, Path data) throws IOException;
  }

  private Part server(String name, List<String> listens, Locating locating, OnReady onReady) {
    return new Part(
        name,
        Layer.SERVER,
        Set.of(),
        listens.stream().map(ports::of).toList(),
        progress -> locating.prepare(progress, state.data(name)),
        onReady);
  }

  private Part proxies() {
    List<Toxiproxy.Proxy> proxies = wires.all().stream().map(Wires.Wire::proxy).toList();
    List<Integer> listens = new ArrayList<>(List.of(wires.control()));
    proxies.forEach(proxy -> listens.add(proxy.listen()));
    return new Part(
        Wires.PROXY,
        Layer.SERVER,
        Set.of(),
        listens,
        progress -> {
          Toxiproxy server = Toxiproxy.locate(Cache.folder(), progress);
          return new Prepared(
              server.program(state.data(Wires.PROXY), state.logs(), wires.control(), proxies),
              server.origin());
        },
        OnReady.NOTHING);
  }

  private void createSchemas() throws Exception {
    for (ShopService service : ShopService.ALL) {
      if (service.hasDatabase()) {
        Schemas.create(ports.of("mariadb"), service.name());
      }
    }
  }

  private Part service(ShopService service) {
    Set<String> after = new LinkedHashSet<>(Set.of("kafka", Wires.PROXY));
    for (ShopService.Need need : service.needs()) {
      after.add(need.part());
    }
    List<Integer> listens = new ArrayList<>();
    for (String kind : List.of("", ".grpc", ".admin")) {
      if (ports.has(service.name() + kind)) {
        listens.add(ports.of(service.name() + kind));
      }
    }
    return new Part(
        service.name(),
        Layer.SERVICE,
        after,
        listens,
        new ServiceLaunch(service, checkout, state, ports, wires, admin, settings),
        OnReady.NOTHING);
  }

  /** The jar that the build made of a module. */
  static Path jar(Path checkout, String module) throws IOException {
    Path target = checkout.resolve(module).resolve("target");
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(
              file -> file.getFileName().toString().matches("jangteo-" + module + "-[0-9].*\\.jar"))
          .findFirst()
          .orElseThrow(() -> new Refusal(module + " has no jar; ./jangteo up builds it."));
    }
  }
}
