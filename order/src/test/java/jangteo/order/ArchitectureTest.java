package jangteo.order;

import jangteo.testkit.ServiceArchitecture;
import java.util.List;

final class ArchitectureTest implements ServiceArchitecture {

  @Override
  public String service() {
    return "order";
  }

  /** The saga and the audit's rules are pure functions; what runs them is beside them. */
  @Override
  public List<String> purePackages() {
    return List.of("jangteo.order.domain", "jangteo.order.saga", "jangteo.order.audit");
  }
}
