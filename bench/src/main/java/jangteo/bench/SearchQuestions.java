package jangteo.bench;

import java.net.URI;
import java.util.List;

/** What visitors of a shop look for, from the whole catalogue to what hardly anything has. */
enum SearchQuestions {
  EVERYTHING(""),
  EVERYTHING_IN_STOCK_BY_PRICE("inStock=true&sort=price"),
  BROAD_CATEGORY("category=electronics"),
  BROAD_CATEGORY_DEAREST_FIRST("category=sports&sort=-price"),
  CATEGORY_BEST_RATED_FIRST("category=electronics/audio&sort=-rating&minPrice=30000"),
  CATEGORY_AND_BRAND("category=electronics/audio&brand=Sony"),
  FREQUENT_WORD("q=무선"),
  FREQUENT_WORD_BY_PRICE("q=wireless&sort=price"),
  TWO_WORDS("q=무선 이어폰"),
  TWO_SCRIPTS("q=소니 headphones"),
  THREE_WORDS("q=보스 노이즈캔슬링 헤드폰"),
  A_MODEL("q=XM-501 모니터");

  private final String query;

  SearchQuestions(String query) {
    this.query = query;
  }

  /** As a client asks. */
  String path() {
    return URI.create("/api/v1/products?" + query.replace(" ", "%20")).toASCIIString();
  }

  /** All of them. */
  static List<SearchQuestions> all() {
    return List.of(values());
  }
}
