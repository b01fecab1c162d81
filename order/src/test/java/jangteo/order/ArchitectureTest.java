package jangteo.order;

import jangteo.testkit.ServiceArchitecture;
import java.util.List;

final class ArchitectureTest implements ServiceArchitecture {

  @Override
  public String service() {
    return "order";
  }

  /** The saga is a pure function; what runs it is beside it. */
  @Override
  public List<String> purePackages() {
    return List.of("jangteo.order.domain", "jangteo.order.saga");
  }
}
