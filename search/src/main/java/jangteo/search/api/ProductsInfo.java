package jangteo.search.api;

import io.grpc.stub.StreamObserver;
import jangteo.chassis.grpc.GrpcRefusal;
import jangteo.search.domain.Asked;
import jangteo.search.domain.Listing;
import jangteo.search.domain.Offer;
import jangteo.search.store.Products;
import jangteo.search.store.Reread;
import jangteo.search.v1.ListingStatus;
import jangteo.search.v1.ProductReply;
import jangteo.search.v1.ProductRequest;
import jangteo.search.v1.ProductsInfoServiceGrpc.ProductsInfoServiceImplBase;
import jangteo.search.v1.ProductsReply;
import jangteo.search.v1.ProductsRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What an order needs to know of products: the whole batch from one query (design, section 5). */
public final class ProductsInfo extends ProductsInfoServiceImplBase {

  private static final int BATCH = 100;

  private final Products products;

  /** Over these products. */
  public ProductsInfo(Products products) {
    this.products = products;
  }

  @Override
  public void getProductsInfo(ProductsRequest request, StreamObserver<ProductsReply> observer) {
    List<Asked> asked = asked(request);
    Set<Long> ids = new LinkedHashSet<>();
    Set<String> names = new LinkedHashSet<>();
    for (Asked item : asked) {
      if (item.productId() == 0) {
        names.add(item.productName());
      } else {
        ids.add(item.productId());
      }
    }
    List<Offer> offers = Reread.ifKilled(() -> products.offers(ids, names));
    ProductsReply.Builder reply = ProductsReply.newBuilder();
    for (int i = 0; i < asked.size(); i++) {
      reply.addItems(reply(i, asked.get(i), offers));
    }
    observer.onNext(reply.build());
    observer.onCompleted();
  }

  private static List<Asked> asked(ProductsRequest request) {
    if (request.getItemsCount() == 0 || request.getItemsCount() > BATCH) {
      throw GrpcRefusal.invalid("items", "must be 1 to " + BATCH);
    }
    List<Asked> asked = new ArrayList<>();
    for (ProductRequest item : request.getItemsList()) {
      if (item.getProductId() == 0 && item.getProductName().isEmpty()) {
        throw GrpcRefusal.invalid(
            field(asked.size(), "product_id"), "neither an id nor a name is given");
      }
      asked.add(new Asked(item.getProductId(), item.getProductName(), item.getSellerId()));
    }
    return asked;
  }

  private static ProductReply reply(int index, Asked item, List<Offer> offers) {
    String product = field(index, item.productId() == 0 ? "product_name" : "product_id");
    return switch (item.among(offers)) {
      case Asked.Sold(Offer offer, Listing listing) -> reply(offer, listing);
      case Asked.NoProduct() -> throw GrpcRefusal.notFound(product, "there is no such product");
      case Asked.NoListing() ->
          throw item.sellerId() == 0
              ? GrpcRefusal.notFound(product, "nobody sells this product")
              : GrpcRefusal.notFound(
                  field(index, "seller_id"), "this seller does not sell the product");
    };
  }

  private static ProductReply reply(Offer offer, Listing listing) {
    return ProductReply.newBuilder()
        .setProductId(offer.productId())
        .setProductName(offer.productName())
        .setProductPrice(listing.price())
        .setCurrency(listing.currency())
        .setProductQuantity(listing.available())
        .setProductStatus(status(listing.status()))
        .setSellerId(listing.sellerId())
        .setListingId(listing.id())
        .setListingVersion(listing.version())
        .build();
  }

  private static ListingStatus status(Listing.Status status) {
    return switch (status) {
      case ON_SALE -> ListingStatus.LISTING_STATUS_ON_SALE;
      case PAUSED -> ListingStatus.LISTING_STATUS_PAUSED;
      case ENDED -> ListingStatus.LISTING_STATUS_ENDED;
    };
  }

  private static String field(int index, String name) {
    return "items[" + index + "]." + name;
  }
}
