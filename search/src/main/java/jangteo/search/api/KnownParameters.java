package jangteo.search.api;

import io.helidon.common.parameters.Parameters;
import jangteo.chassis.web.Validation;
import java.util.Set;

/**
 * The query parameters that a call has. Another one is refused, and so is one that is given twice:
 * a filter that is left out in silence shows a client what was not asked for.
 */
final class KnownParameters {

  private static final int SHOWN = 50;

  private KnownParameters() {}

  static void check(Parameters query, Set<String> known, Validation validation) {
    for (String name : query.names()) {
      if (known.contains(name)) {
        validation.check(name, query.all(name).size() == 1, "is given more than once");
      } else {
        validation.check(
            name.substring(0, Math.min(name.length(), SHOWN)),
            false,
            "is no parameter of this call");
      }
    }
  }
}
