package jangteo.local.shop;

import jangteo.local.StateFolder;
import jangteo.local.servers.Mongo;
import jangteo.local.servers.Program;
import jangteo.local.servers.Progress;
import jangteo.local.servers.Schemas;
import jangteo.local.supervisor.Part;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Starts one service as a process of its own. */
record ServiceLaunch(
    ShopService service,
    Path checkout,
    StateFolder state,
    ShopPorts ports,
    Wires wires,
    Admin admin,
    Settings settings)
    implements Part.Launch {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  /** The variable with further options for the services' JVMs, separated by spaces. */
  private static final String JVM_OPTIONS = "JANGTEO_JAVA_OPTIONS";

  @Override
  public Part.Prepared prepare(Progress progress) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xms32m",
            "-Xmx" + service.heap(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dfile.encoding=UTF-8",
            "-Dstdout.encoding=UTF-8",
            "-Dstderr.encoding=UTF-8"));
    ServiceJars jars = ServiceJars.of(service.name(), checkout);
    String classPath = jars.classPath();
    command.addAll(
        List.of(
            "-XX:+AutoCreateSharedArchive",
            "-XX:SharedArchiveFile=" + jars.classArchive(classPath),
            "-Xlog:cds*=off,aot*=off")); // which classes it could not take
    command.addAll(ownOptions());
    command.addAll(List.of("-cp", classPath, "jangteo." + service.name() + ".Main"));
    Path work = state.data(service.name());
    URI ready =
        URI.create(
            "http://127.0.0.1:%d/observe/health/ready"
                .formatted(ports.of(service.name() + ".admin")));
    var program =
        new Program(
            service.name(),
            command,
            environment(),
            work,
            state.log(service.name()),
            new HealthProbe(ready),
            ports.of(service.name()),
            START_LIMIT);
    return new Part.Prepared(program, "this checkout");
  }

  /** What the user wants of all services' JVMs; the JVM takes the last of two contrary options. */
  private static List<String> ownOptions() {
    String options = System.getenv().getOrDefault(JVM_OPTIONS, "").strip();
    return options.isEmpty() ? List.of() : List.of(options.split("\\s+", -1));
  }

  private Map<String, String> environment() {
    Map<String, String> env = new LinkedHashMap<>();
    String name = service.name();
    env.put("SERVER_HOST", "127.0.0.1");
    env.put("SERVER_PORT", port(name));
    env.put("ADMIN_PORT", port(name + ".admin"));
    if (service.hostsGrpc()) {
      env.put("GRPC_PORT", port(name + ".grpc"));
    }
    env.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + dialled("kafka"));
    env.put("KAFKA_INSTANCE_ID", name + "-" + port(name));
    env.put(
        "SECURITY_JWKS_URL", "http://127.0.0.1:" + dialled("member") + "/.well-known/jwks.json");
    for (ShopService.Need need : service.needs()) {
      switch (need) {
        case DATABASE -> {
          env.put("DB_URL", "jdbc:mariadb://127.0.0.1:" + dialled("mariadb") + "/" + name);
          env.put("DB_USERNAME", name);
          env.put("DB_PASSWORD", "");
          env.put("DB_OWNER_USERNAME", Schemas.owner(name));
        }
        case MONGO ->
            env.put(
                "MONGO_URI",
                "mongodb://127.0.0.1:%s/%s?%s"
                    .formatted(dialled("mongodb"), service.mongoDatabase(), mongoMode()));
        case REDIS -> env.put("REDIS_URI", "redis://127.0.0.1:" + dialled("redis") + "/0");
      }
    }
    for (String callee : service.calls()) {
      env.put(
          "CLIENTS_" + callee.toUpperCase(java.util.Locale.ROOT) + "_TARGET",
          "127.0.0.1:" + dialled(callee + ".grpc"));
    }
    if (name.equals("member")) {
      env.put("MAIL_HOST", "127.0.0.1");
      env.put("MAIL_PORT", port("mail"));
      // Everybody comes from one address here.
      env.put("SIGN_UPS_PER_ADDRESS", "1000000");
      env.put("MAIL_REQUESTS_PER_ADDRESS", "1000000");
      // The gateway looks for new keys every two seconds, and services for those they do not know.
      env.put("SIGNING_KEYS_LEAD", "PT8S");
      // A longer one takes seconds to find, for which the first start would wait.
      env.put("SIGNING_KEYS_BITS", "2048");
    }
    env.put("SAGA_STATE_DIR", state.data(name).resolve("streams").toString());
    env.put("JANGTEO_ADMIN_EMAIL", admin.email());
    env.put("JANGTEO_ADMIN_PASSWORD", admin.password());
    env.putAll(settings.of(name));
    return env;
  }

  /** A replica set tells its clients where to go on, which would be around the proxy. */
  private String mongoMode() {
    return wires.areProxied() ? "directConnection=true" : "replicaSet=" + Mongo.REPLICA_SET;
  }

  private String dialled(String name) {
    return Integer.toString(wires.port(service.name(), name));
  }

  private String port(String name) {
    return Integer.toString(ports.of(name));
  }
}
