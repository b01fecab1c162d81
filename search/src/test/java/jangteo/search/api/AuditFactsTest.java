package jangteo.search.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import jangteo.audit.v1.AuditFactsServiceGrpc;
import jangteo.audit.v1.AuditFactsServiceGrpc.AuditFactsServiceBlockingStub;
import jangteo.audit.v1.ListOffersRequest;
import jangteo.audit.v1.Offer;
import jangteo.audit.v1.ProductOffers;
import jangteo.search.Shop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What search exports for the audit (design, section 7). */
final class AuditFactsTest {

  @Test
  void listingsAsTheyAreShownPageByPage() {
    try (Shop shop = new Shop()) {
      for (long product = 1; product <= 5; product++) {
        shop.product(product, "이어폰 " + product, "audio", "Sony");
        shop.listing(product, 12, 200, product, "ON_SALE");
        shop.listing(product, 11, 300, 0, "PAUSED");
      }
      AuditFactsServiceBlockingStub facts = AuditFactsServiceGrpc.newBlockingStub(shop.channel());
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> page(facts, 0, 10).stream().filter(p -> p.getOffersCount() == 2).count() == 5);

      List<ProductOffers> all = new ArrayList<>();
      all.addAll(page(facts, 0, 2));
      all.addAll(page(facts, all.getLast().getProductId(), 2));
      all.addAll(page(facts, all.getLast().getProductId(), 2));

      assertThat(all).extracting(ProductOffers::getProductId).containsExactly(1L, 2L, 3L, 4L, 5L);
      assertThat(all.get(2).getOffersList())
          .extracting(Offer::getListingId, Offer::getSellerId, Offer::getAvailable)
          .containsExactly(tuple(311L, 11L, 0L), tuple(312L, 12L, 3L));
      assertThat(all.get(2).getOffers(1).getVersion()).isEqualTo(7);
      assertThat(all.get(2).getOffers(1).getSequence()).isGreaterThan(7);
    }
  }

  private static List<ProductOffers> page(
      AuditFactsServiceBlockingStub facts, long after, int size) {
    var request = ListOffersRequest.newBuilder().setAfterProductId(after).setPageSize(size).build();
    return facts.listOffers(request).next().getProductsList();
  }
}
