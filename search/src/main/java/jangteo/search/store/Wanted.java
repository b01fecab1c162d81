package jangteo.search.store;

import com.mongodb.client.model.Filters;
import jangteo.chassis.text.TextAnalysis;
import jangteo.search.domain.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bson.conversions.Bson;

/** A filter as a MongoDB query. */
final class Wanted {

  /** Only these are found at all; the indexes hold no others. */
  static final Bson VISIBLE = Filters.eq("visible", true);

  private final TextAnalysis text;

  Wanted(TextAnalysis text) {
    this.text = text;
  }

  Bson query(Filter filter) {
    List<Bson> all = new ArrayList<>();
    all.add(VISIBLE);
    filter.text().ifPresent(words -> all.add(hasWords(words)));
    filter.category().ifPresent(category -> all.add(Filters.eq("product.category", category)));
    filter.brand().ifPresent(brand -> all.add(Filters.eq("product.brand", brand)));
    filter.sellerId().ifPresent(id -> all.add(Filters.eq("sellerIds", id)));
    if (filter.minPrice().isPresent() || filter.maxPrice().isPresent()) {
      all.add(Filters.gte("priceUp", filter.minPrice().orElse(0)));
      // A product that nobody sells has no price and is in no range.
      all.add(Filters.lt("priceUp", Long.MAX_VALUE));
      filter.maxPrice().ifPresent(max -> all.add(Filters.lte("priceUp", max)));
    }
    filter.minRating().ifPresent(min -> all.add(Filters.gte("ratingDown", min)));
    filter.inStock().ifPresent(inStock -> all.add(Filters.eq("inStock", inStock)));
    return Filters.and(all);
  }

  /** The terms that make a product a match, for the score. */
  Set<String> terms(String words) {
    return text.asked(words).terms();
  }

  private Bson hasWords(String words) {
    TextAnalysis.Asked asked = text.asked(words);
    List<Bson> either = new ArrayList<>();
    if (!asked.terms().isEmpty()) {
      either.add(Filters.all("terms", asked.terms()));
    }
    if (!asked.pairs().isEmpty()) {
      either.add(Filters.all("terms", asked.pairs()));
    }
    return either.isEmpty() ? Filters.in("terms", List.of()) : Filters.or(either);
  }
}
