package jangteo.item.api;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.grpc.stub.StreamObserver;
import jangteo.chassis.data.Database;
import jangteo.chassis.grpc.GrpcRefusal;
import jangteo.item.domain.Listing;
import jangteo.item.domain.Offers;
import jangteo.item.store.OfferStore;
import jangteo.item.store.OfferStore.Offer;
import jangteo.search.v1.ListingStatus;
import jangteo.search.v1.ProductReply;
import jangteo.search.v1.ProductRequest;
import jangteo.search.v1.ProductsInfoServiceGrpc.ProductsInfoServiceImplBase;
import jangteo.search.v1.ProductsReply;
import jangteo.search.v1.ProductsRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The item service's own copy of what search answers to orders (DESIGN.md section 5): order asks
 * here when search is away. It reads the state of record, so it is never behind.
 */
public final class ProductsInfo extends ProductsInfoServiceImplBase {

  private static final int MAX_ITEMS = 100;

  private final Database database;
  private final OfferStore offers;

  public ProductsInfo(Database database, OfferStore offers) {
    this.database = database;
    this.offers = offers;
  }

  @Override
  public void getProductsInfo(ProductsRequest request, StreamObserver<ProductsReply> answers) {
    answers.onNext(reply(request.getItemsList()));
    answers.onCompleted();
  }

  private ProductsReply reply(List<ProductRequest> items) {
    check(items);
    Set<Long> ids =
        items.stream().map(ProductRequest::getProductId).filter(id -> id != 0).collect(toSet());
    Set<String> names =
        items.stream()
            .filter(item -> item.getProductId() == 0)
            .map(ProductRequest::getProductName)
            .collect(toSet());
    List<Offer> found = database.read(sql -> offers.of(sql, ids, names));
    Map<Long, List<Offer>> byId = found.stream().collect(groupingBy(Offer::productId));
    Map<String, List<Offer>> byName = found.stream().collect(groupingBy(Offer::productName));
    ProductsReply.Builder reply = ProductsReply.newBuilder();
    for (int i = 0; i < items.size(); i++) {
      ProductRequest item = items.get(i);
      List<Offer> ofProduct =
          item.getProductId() != 0
              ? byId.getOrDefault(item.getProductId(), List.of())
              : byName.getOrDefault(item.getProductName(), List.of());
      reply.addItems(pick("items[%d]".formatted(i), item, ofProduct));
    }
    return reply.build();
  }

  private static void check(List<ProductRequest> items) {
    if (items.isEmpty() || items.size() > MAX_ITEMS) {
      throw GrpcRefusal.invalid("items", "must be 1 to %d".formatted(MAX_ITEMS));
    }
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).getProductId() == 0 && items.get(i).getProductName().isEmpty()) {
        throw GrpcRefusal.invalid(
            "items[%d].product_id".formatted(i), "an item needs a product id or a product name");
      }
    }
  }

  private static ProductReply pick(String field, ProductRequest item, List<Offer> ofProduct) {
    if (ofProduct.isEmpty()) {
      throw GrpcRefusal.notFound(field + ".product_id", "there is no such product");
    }
    List<Listing> candidates = new ArrayList<>();
    for (Offer offer : ofProduct) {
      offer
          .listing()
          .filter(listing -> item.getSellerId() == 0 || listing.sellerId() == item.getSellerId())
          .ifPresent(candidates::add);
    }
    Optional<Listing> best = Offers.best(candidates);
    if (best.isEmpty()) {
      throw GrpcRefusal.notFound(
          field + ".seller_id",
          item.getSellerId() == 0
              ? "nobody sells this product"
              : "this seller does not sell the product");
    }
    return reply(best.get(), nameOf(best.get(), ofProduct));
  }

  private static String nameOf(Listing listing, List<Offer> offers) {
    return offers.stream()
        .filter(offer -> offer.productId() == listing.productId())
        .findFirst()
        .orElseThrow()
        .productName();
  }

  private static ProductReply reply(Listing listing, String productName) {
    return ProductReply.newBuilder()
        .setProductId(listing.productId())
        .setProductName(productName)
        .setProductPrice(listing.price().amount())
        .setCurrency(listing.price().currency())
        .setProductQuantity(listing.stock().available())
        .setProductStatus(status(listing))
        .setSellerId(listing.sellerId())
        .setListingId(listing.id())
        .setListingVersion(listing.version())
        .build();
  }

  private static ListingStatus status(Listing listing) {
    return ListingStatus.valueOf("LISTING_STATUS_" + listing.status().name());
  }
}
