package jangteo.item.api.bulk;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.data.Database;
import jangteo.chassis.web.Access;
import jangteo.item.domain.Listing;
import jangteo.item.store.ExportStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * {@code GET /api/v1/items/export}: all products of the caller with the caller's own listings, and
 * then their listings of other people's products, in the lines that the import takes. One page is
 * in memory at a time, and the next is read when the client has taken it.
 */
public final class ExportApi implements HttpService {

  private static final int PAGE = 500;

  private final Database database;
  private final ExportStore exports;

  public ExportApi(Database database, ExportStore exports) {
    this.database = database;
    this.exports = exports;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/api/v1/items/export", Access.role("SELLER"), this::export);
  }

  private void export(ServerRequest request, ServerResponse response) {
    long sellerId = Access.caller(request).memberId();
    LineFormat format = LineFormat.accepted(request);
    // Before the answer begins: a store that is away is a 503.
    List<ExportStore.Owned> first = products(sellerId, 0);
    response
        .header(HeaderNames.CONTENT_TYPE, format.mediaType())
        .header(HeaderNames.CACHE_CONTROL, "no-store");
    try {
      // Closed at the very end alone: what breaks off before is seen to be cut.
      OutputStream out = response.outputStream();
      out.write(format.beginning());
      send(
          first,
          after -> products(sellerId, after),
          owned -> owned.product().id(),
          owned -> ProductLine.of(owned.product(), owned.listing()),
          format,
          out);
      send(
          listings(sellerId, 0),
          after -> listings(sellerId, after),
          listing -> listing.productId(),
          ProductLine::of,
          format,
          out);
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<ExportStore.Owned> products(long sellerId, long after) {
    return database.read(sql -> exports.products(sql, sellerId, after, PAGE));
  }

  private List<Listing> listings(long sellerId, long after) {
    return database.read(sql -> exports.listings(sql, sellerId, after, PAGE));
  }

  private static <T> void send(
      List<T> first,
      Function<Long, List<T>> pages,
      ToLongFunction<T> id,
      Function<T, ProductLine> line,
      LineFormat format,
      OutputStream out)
      throws IOException {
    List<T> page = first;
    while (!page.isEmpty()) {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      page.forEach(each -> text.writeBytes(format.write(line.apply(each))));
      text.writeTo(out);
      page = page.size() < PAGE ? List.of() : pages.apply(id.applyAsLong(page.getLast()));
    }
  }
}
