package jangteo.chassis;

import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A service's health report: live while the process answers, started once its parts are, ready
 * while every part is.
 */
final class Health {

  private final List<Part> parts;
  private volatile boolean started;
  private volatile boolean stopping;

  Health(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  void started() {
    started = true;
  }

  void stopping() {
    stopping = true;
  }

  boolean ready() {
    return started && !stopping && parts.stream().allMatch(part -> part.readiness().ready());
  }

  List<HealthCheck> checks() {
    List<HealthCheck> checks = new ArrayList<>();
    checks.add(new Check("process", HealthCheckType.LIVENESS, Readiness::yes));
    checks.add(new Check("start", HealthCheckType.STARTUP, this::start));
    checks.add(new Check("service", HealthCheckType.READINESS, this::accepting));
    for (Part part : parts) {
      checks.add(new Check(part.name(), HealthCheckType.READINESS, part::readiness));
    }
    return checks;
  }

  private Readiness start() {
    return started ? Readiness.yes() : Readiness.no("starting");
  }

  private Readiness accepting() {
    return stopping ? Readiness.no("stopping") : start();
  }

  private record Check(String name, HealthCheckType type, Supplier<Readiness> readiness)
      implements HealthCheck {

    @Override
    public HealthCheckResponse call() {
      Readiness now = readiness.get();
      HealthCheckResponse.Builder response = HealthCheckResponse.builder().status(now.ready());
      if (!now.why().isEmpty()) {
        response.detail("why", now.why());
      }
      return response.build();
    }
  }
}
