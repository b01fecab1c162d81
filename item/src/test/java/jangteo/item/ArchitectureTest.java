package jangteo.item;

import jangteo.testkit.ServiceArchitecture;

final class ArchitectureTest implements ServiceArchitecture {

  @Override
  public String service() {
    return "item";
  }
}
