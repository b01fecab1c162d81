package jangteo.order.api;

import io.helidon.webserver.http.ServerRequest;
import jangteo.chassis.web.Page;
import jangteo.order.domain.Order;
import jangteo.order.store.OrderViews.After;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** One page of a list of orders, the newest first. */
final class OrderPage {

  /** Finds at most {@code limit} orders after a place in the list. */
  interface Finding {
    List<Order> find(Optional<After> after, int limit);
  }

  private OrderPage() {}

  /**
   * The page that the request asks for.
   *
   * @throws jangteo.chassis.web.ProblemException 422 for a wrong size or cursor
   */
  static Object answer(
      ServerRequest request, Finding finding, Function<List<Order>, List<?>> answers) {
    Page page = Page.of(request);
    List<Order> found = finding.find(page.after().map(OrderPage::after), page.size() + 1);
    boolean more = found.size() > page.size();
    List<Order> shown = more ? found.subList(0, page.size()) : found;
    return Page.answer(
        answers.apply(shown), more ? Optional.of(cursor(shown.getLast())) : Optional.empty());
  }

  private static String cursor(Order last) {
    return last.placedAt().toEpochMilli() + "/" + last.orderId();
  }

  private static After after(String cursor) {
    int slash = cursor.indexOf('/');
    try {
      return new After(
          Instant.ofEpochMilli(Long.parseLong(cursor.substring(0, Math.max(slash, 0)))),
          UUID.fromString(cursor.substring(slash + 1)));
    } catch (IllegalArgumentException e) {
      throw Page.wrongCursor();
    }
  }
}
