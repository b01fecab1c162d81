package jangteo.member;

import jangteo.testkit.ServiceArchitecture;

final class ArchitectureTest implements ServiceArchitecture {

  @Override
  public String service() {
    return "member";
  }
}
