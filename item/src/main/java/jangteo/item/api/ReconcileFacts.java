package jangteo.item.api;

import com.google.protobuf.MessageLite;
import io.grpc.stub.StreamObserver;
import jangteo.chassis.data.Database;
import jangteo.chassis.data.Sql;
import jangteo.chassis.events.Event;
import jangteo.chassis.events.Fingerprint;
import jangteo.chassis.events.Outbox;
import jangteo.chassis.events.ProtoTime;
import jangteo.chassis.grpc.GrpcRefusal;
import jangteo.item.domain.Listing;
import jangteo.item.domain.Product;
import jangteo.item.events.CatalogueEvents;
import jangteo.item.store.ReconcileStore;
import jangteo.item.store.ReconcileStore.ListingRow;
import jangteo.item.v1.ListingChanged;
import jangteo.item.v1.ProductChanged;
import jangteo.reconcile.v1.AnnounceProductsRequest;
import jangteo.reconcile.v1.AnnounceProductsResponse;
import jangteo.reconcile.v1.FactRange;
import jangteo.reconcile.v1.ListProductsRequest;
import jangteo.reconcile.v1.ListProductsResponse;
import jangteo.reconcile.v1.ListRangesRequest;
import jangteo.reconcile.v1.ListRangesResponse;
import jangteo.reconcile.v1.ProductFacts;
import jangteo.reconcile.v1.ReconcileFactsServiceGrpc.ReconcileFactsServiceImplBase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the reconciliation of the read model (docs/adr/0025) needs to know of the catalogue. */
public final class ReconcileFacts extends ReconcileFactsServiceImplBase {

  private static final int RANGES = 100;
  private static final int PRODUCTS_PER_RANGE = 500;
  private static final int MOST_PER_RANGE = 5_000;
  private static final int IDS = 1_000;
  private static final int PRODUCTS_PER_MESSAGE = 200;

  private final Database database;
  private final ReconcileStore store;
  private final Outbox outbox;

  /** Reads there, and announces by that way. */
  public ReconcileFacts(Database database, ReconcileStore store, Outbox outbox) {
    this.database = database;
    this.store = store;
    this.outbox = outbox;
  }

  @Override
  public void listRanges(ListRangesRequest request, StreamObserver<ListRangesResponse> answers) {
    int size =
        request.getProductsPerRange() <= 0
            ? PRODUCTS_PER_RANGE
            : Math.min(request.getProductsPerRange(), MOST_PER_RANGE);
    long after = request.getAfterProductId();
    for (int i = 0; i < RANGES; i++) {
      long from = after;
      FactRange range = database.read(sql -> range(sql, from, size));
      answers.onNext(ListRangesResponse.newBuilder().addRanges(range).build());
      after = range.getLastProductId();
      if (after == Long.MAX_VALUE) {
        break;
      }
    }
    answers.onCompleted();
  }

  private FactRange range(Sql sql, long after, int size) {
    List<Product> products = store.products(sql, after, Long.MAX_VALUE, size);
    long last = products.size() < size ? Long.MAX_VALUE : products.getLast().id();
    List<ListingRow> listings = store.listings(sql, after, last);
    long checksum = 0;
    for (Product product : products) {
      checksum += Fingerprint.of(message(product));
    }
    for (ListingRow row : listings) {
      checksum += Fingerprint.of(message(row.listing()));
    }
    return FactRange.newBuilder()
        .setAfterProductId(after)
        .setLastProductId(last)
        .setProducts(products.size())
        .setListings(listings.size())
        .setChecksum(checksum)
        .build();
  }

  @Override
  public void listProducts(
      ListProductsRequest request, StreamObserver<ListProductsResponse> answers) {
    requireAtMost(request.getProductIdsCount(), "product_ids");
    List<ProductFacts> found =
        database.read(
            sql ->
                request.getProductIdsCount() > 0
                    ? facts(
                        sql,
                        request.getProductIdsList(),
                        store.products(sql, request.getProductIdsList()),
                        store.listings(sql, request.getProductIdsList()))
                    : facts(
                        sql,
                        List.of(),
                        store.products(
                            sql,
                            request.getAfterProductId(),
                            request.getLastProductId(),
                            MOST_PER_RANGE),
                        store.listings(
                            sql, request.getAfterProductId(), request.getLastProductId())));
    for (int from = 0; from < found.size(); from += PRODUCTS_PER_MESSAGE) {
      int to = Math.min(found.size(), from + PRODUCTS_PER_MESSAGE);
      answers.onNext(
          ListProductsResponse.newBuilder().addAllProducts(found.subList(from, to)).build());
    }
    answers.onCompleted();
  }

  /**
   * The outbox is read after the rows: what it does not hold any more then had been sent, so
   * nothing of the rows is called sent that is not.
   */
  private List<ProductFacts> facts(
      Sql sql, List<Long> asked, List<Product> products, List<ListingRow> listings) {
    Map<Long, ProductFacts.Builder> facts = new TreeMap<>();
    asked.forEach(id -> facts.put(id, ProductFacts.newBuilder().setProductId(id)));
    products.forEach(
        product ->
            facts.put(
                product.id(),
                ProductFacts.newBuilder().setProductId(product.id()).setProduct(message(product))));
    Set<Long> listingIds = new HashSet<>();
    for (ListingRow row : listings) {
      ProductFacts.Builder its = facts.get(row.listing().productId());
      if (its != null) {
        its.addListings(message(row.listing()));
        its.setUnsent(its.getUnsent() || row.unannounced());
        listingIds.add(row.listing().id());
      }
    }
    Set<String> unsent = store.unsent(sql, facts.keySet(), listingIds);
    return facts.values().stream()
        .map(its -> its.setUnsent(its.getUnsent() || isUnsent(its, unsent)).build())
        .toList();
  }

  private static boolean isUnsent(ProductFacts.Builder facts, Set<String> unsent) {
    return unsent.contains("products/" + facts.getProductId())
        || facts.getListingsList().stream()
            .anyMatch(listing -> unsent.contains("listings/" + listing.getListingId()));
  }

  @Override
  public void announceProducts(
      AnnounceProductsRequest request, StreamObserver<AnnounceProductsResponse> answers) {
    requireAtMost(request.getProductIdsCount(), "product_ids");
    requireAtMost(request.getListingIdsCount(), "listing_ids");
    Set<Long> productIds = new TreeSet<>(request.getProductIdsList());
    Set<Long> listingIds = new TreeSet<>(request.getListingIdsList());
    List<Event> states = new ArrayList<>();
    List<Event> tombstones = new ArrayList<>();
    database.transact(
        tx -> {
          states.clear();
          tombstones.clear();
          if (!productIds.isEmpty()) {
            List<Product> products = store.lockProducts(tx, productIds);
            products.forEach(product -> states.add(CatalogueEvents.of(product)));
            missing(productIds, products.stream().map(Product::id).toList())
                .forEach(id -> tombstones.add(tombstone("products", id, ProductChanged.class)));
          }
          if (!listingIds.isEmpty()) {
            List<Listing> listings = store.lockListings(tx, listingIds);
            listings.forEach(listing -> states.add(CatalogueEvents.of(listing)));
            missing(listingIds, listings.stream().map(Listing::id).toList())
                .forEach(id -> tombstones.add(tombstone("listings", id, ListingChanged.class)));
          }
          outbox.add(tx, states.toArray(Event[]::new));
          outbox.add(tx, tombstones.toArray(Event[]::new));
        });
    answers.onNext(
        AnnounceProductsResponse.newBuilder()
            .setStates(states.size())
            .setTombstones(tombstones.size())
            .build());
    answers.onCompleted();
  }

  /** Without a version, and so a last one: an id is never given to anything else. */
  private static Event tombstone(String topic, long id, Class<? extends MessageLite> type) {
    return Event.tombstone(topic, Long.toString(id), type);
  }

  private static Set<Long> missing(Set<Long> asked, Collection<Long> found) {
    Set<Long> there = Set.copyOf(found);
    return asked.stream().filter(id -> !there.contains(id)).collect(Collectors.toSet());
  }

  private static void requireAtMost(int count, String field) {
    if (count > IDS) {
      throw GrpcRefusal.invalid(field, "must be at most " + IDS);
    }
  }

  private static ProductChanged message(Product product) {
    ProductChanged exact = CatalogueEvents.message(product);
    return exact.toBuilder()
        .setCreatedAt(ProtoTime.millis(exact.getCreatedAt()))
        .setUpdatedAt(ProtoTime.millis(exact.getUpdatedAt()))
        .build();
  }

  private static ListingChanged message(Listing listing) {
    ListingChanged exact = CatalogueEvents.message(listing);
    return exact.toBuilder().setUpdatedAt(ProtoTime.millis(exact.getUpdatedAt())).build();
  }
}
