package jangteo.search.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jangteo.search.domain.Facets;
import jangteo.search.domain.Facets.PriceRange;
import jangteo.search.domain.Facets.Value;
import jangteo.search.domain.Matching;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A page of a search in JSON.
 *
 * @param matching how the words were read; nothing in a search without words
 */
record SearchAnswer(
    List<ProductAnswer> items,
    long total,
    Optional<Matching> matching,
    FacetsAnswer facets,
    @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String nextCursor) {

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
