package jangteo.member;

import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One member service for all test classes that need no configuration of their own. */
final class SharedMember implements ParameterResolver {

  private record Running(RunningMember member) implements CloseableResource {
    @Override
    public void close() {
      member.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == RunningMember.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(SharedMember.class))
        .getOrComputeIfAbsent(
            Running.class, _ -> new Running(RunningMember.start(Map.of())), Running.class)
        .member();
  }
}
