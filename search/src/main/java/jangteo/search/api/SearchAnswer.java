package jangteo.search.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jangteo.search.domain.Counts;
import jangteo.search.domain.Facets;
import jangteo.search.domain.Facets.PriceRange;
import jangteo.search.domain.Facets.Value;
import jangteo.search.domain.Matching;
import jangteo.search.domain.Product;
import jangteo.search.domain.Result;
import jangteo.search.domain.Words;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a search in JSON.
 *
 * @param exact whether {@code total} is the whole, and not the least
 * @param matching how the words were read; nothing in a search without words
 * @param facets nothing when they were not asked for
 * @param facetsExact the same of the facets' counts
 * @param countedAt when counts that were kept were made; nothing when all were made for this answer
 */
record SearchAnswer(
    List<ProductAnswer> items,
    long total,
    boolean exact,
    Optional<Matching> matching,
    Optional<FacetsAnswer> facets,
    Optional<Boolean> facetsExact,
    Optional<Instant> countedAt,
    @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String nextCursor) {

  static SearchAnswer of(
      Result result, Function<Product, ProductAnswer> each, Optional<String> next) {
    Counts counts = result.counts();
    return new SearchAnswer(
        result.found().products().stream().map(each).toList(),
        counts.total(),
        counts.exact(),
        result.words().map(Words::matching),
        counts.facets().map(FacetsAnswer::of),
        counts.facets().map(_ -> counts.facetsExact()),
        counts.countedAt(),
        next.orElse(null));
  }

  record FacetsAnswer(
      List<ValueAnswer> category,
      List<ValueAnswer> brand,
      List<ValueAnswer> seller,
      List<PriceAnswer> price,
      List<ValueAnswer> rating) {

    static FacetsAnswer of(Facets facets) {
      return new FacetsAnswer(
          facets.category().stream().map(ValueAnswer::of).toList(),
          facets.brand().stream().map(ValueAnswer::of).toList(),
          facets.seller().stream().map(ValueAnswer::of).toList(),
          facets.price().stream().map(PriceAnswer::of).toList(),
          facets.rating().stream().map(ValueAnswer::of).toList());
    }
  }

  record ValueAnswer(String value, Optional<String> name, long count) {

    static ValueAnswer of(Value value) {
      return new ValueAnswer(
          value.value(),
          Optional.of(value.name()).filter(name -> !name.equals(value.value())),
          value.count());
    }
  }

  record PriceAnswer(long from, OptionalLong to, long count) {

    static PriceAnswer of(PriceRange range) {
      return new PriceAnswer(
          range.from(),
          range.open() ? OptionalLong.empty() : OptionalLong.of(range.to()),
          range.count());
    }
  }
}
