package jangteo.order.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Sorts.orderBy;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import jangteo.order.domain.Line;
import jangteo.order.domain.Order;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.bson.codecs.pojo.annotations.BsonId;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All orders as their buyers and sellers read them; the collection {@code orders}. */
public final class OrderViews {
  private static final Logger LOG = LoggerFactory.getLogger(OrderViews.class);

  /**
   * One document; the fields beside the order are those that are searched by.
   *
   * @param version the order's: an older one never replaces a newer one
   */
  public record View(
      @BsonId UUID id,
      long version,
      long buyerId,
      List<Long> sellerIds,
      Instant placedAt,
      Order order) {

    static View of(Order order) {
      return new View(
          order.orderId(),
          order.version(),
          order.purchase().buyerId(),
          order.purchase().lines().stream().map(Line::sellerId).distinct().toList(),
          order.placedAt(),
          order);
    }
  }

  /** How long a request waits for an order that it can do without, in milliseconds. */
  private static final long PROMPTLY = 500;

  private final MongoCollection<View> views;

  /** The collection of this database. */
  public OrderViews(MongoDatabase database) {
    this.views = database.getCollection("orders", View.class);
  }

  /** Declares the indexes; each is what one list sorts by. */
  public void createIndexes() {
    views.createIndex(Indexes.descending("buyerId", "placedAt", "_id"));
    views.createIndex(Indexes.descending("sellerIds", "placedAt", "_id"));
  }

  /**
   * Writes these orders in one round trip; one that is not newer than what is there changes
   * nothing, so that repeats and reorderings are harmless.
   */
  public void write(Collection<Order> orders) {
    NewerOnly.write(views, orders.stream().map(View::of).toList());
  }

  /** The order as it was last written. */
  public Optional<Order> find(UUID orderId) {
    return Optional.ofNullable(views.find(eq("_id", orderId)).first()).map(View::order);
  }

  /** The same, or none when MongoDB does not answer within half a second. */
  public Optional<Order> findPromptly(UUID orderId) {
    try {
      return Optional.ofNullable(
              views.withTimeout(PROMPTLY, MILLISECONDS).find(eq("_id", orderId)).first())
          .map(View::order);
    } catch (MongoTimeoutException | MongoSocketException e) {
      LOG.debug("Order {} was not looked up: {}", orderId, e.getMessage());
      return Optional.empty();
    }
  }

  /** About how many there are. */
  public long count() {
    return views.estimatedDocumentCount();
  }

  /** The orders behind this id, in the order of the ids, at most {@code limit}. */
  public List<Order> page(UUID after, int limit) {
    return sorted(gt("_id", after), limit);
  }

  /** Those of these orders that are there, in the same order. */
  public List<Order> find(Collection<UUID> orderIds) {
    return sorted(in("_id", orderIds), orderIds.size());
  }

  private List<Order> sorted(Bson wanted, int limit) {
    return views
        .find(wanted)
        .sort(ascending("_id"))
        .limit(limit)
        .map(View::order)
        .into(new ArrayList<>());
  }

  /** Where a list goes on: after the order placed at this time with this id. */
  public record After(Instant placedAt, UUID orderId) {}

  /** A buyer's orders, the newest first, at most {@code limit}. */
  public List<Order> ofBuyer(long buyerId, Optional<After> after, int limit) {
    return newest(eq("buyerId", buyerId), after, limit);
  }

  /** The orders in which a seller has a line, the newest first, at most {@code limit}. */
  public List<Order> ofSeller(long sellerId, Optional<After> after, int limit) {
    return newest(eq("sellerIds", sellerId), after, limit);
  }

  private List<Order> newest(Bson whose, Optional<After> after, int limit) {
    Bson wanted = after.map(last -> and(whose, older(last))).orElse(whose);
    return views
        .find(wanted)
        .sort(orderBy(descending("placedAt", "_id")))
        .limit(limit)
        .map(View::order)
        .into(new ArrayList<>());
  }

  private static Bson older(After last) {
    return or(
        lt("placedAt", last.placedAt()),
        and(eq("placedAt", last.placedAt()), lt("_id", last.orderId())));
  }
}
