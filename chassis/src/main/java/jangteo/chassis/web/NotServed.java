package jangteo.chassis.web;

import io.helidon.http.Method;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.util.List;

/** Calls that are agreed, but not served yet: 501, so that clients can tell them from a typo. */
public final class NotServed implements HttpService {

  private final List<String> calls;

  /**
   * The calls.
   *
   * @param calls each as method and path, such as {@code "POST /api/v1/items/import"}
   */
  public NotServed(String... calls) {
    this.calls = List.of(calls);
  }

  @Override
  public void routing(HttpRules rules) {
    for (String call : calls) {
      int space = call.indexOf(' ');
      rules.route(
          Method.create(call.substring(0, space)),
          call.substring(space + 1),
          (request, response) -> {
            throw Problem.notServed().exception();
          });
    }
  }
}
