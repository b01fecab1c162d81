package jangteo.search.store;

import com.mongodb.client.model.Filters;
import jangteo.search.domain.Dimension;
import jangteo.search.domain.Filter;
import jangteo.search.domain.Word;
import jangteo.search.domain.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Which products are wanted, as a MongoDB query.
 *
 * @param filter without its text
 * @param words what the text asks for
 */
record Wanted(Filter filter, Optional<Words> words) {

  /** Every product. */
  static final Wanted ALL = new Wanted(Filter.ALL, Optional.empty());

  /** Only these are found at all; the indexes hold no others. */
  static final Bson VISIBLE = Filters.eq("visible", true);

  private static final Bson NOTHING = Filters.in("terms", List.of());

  /** Leaves the text out: the words say it. */
  Wanted {
    filter = filter.withoutText();
  }

  /** The same, but any value in this dimension. */
  Wanted anyIn(Dimension dimension) {
    return new Wanted(filter.anyIn(dimension), words);
  }

  Bson query() {
    List<Bson> all = new ArrayList<>();
    all.add(VISIBLE);
    words.ifPresent(these -> all.add(having(these)));
    filter.category().ifPresent(path -> all.add(Filters.eq("product.categories", path)));
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

  /** The products that have these words, as far as the matching needs them. */
  static Bson having(Words words) {
    if (words.words().isEmpty()) {
      return NOTHING;
    }
    List<Bson> each = words.words().stream().map(Wanted::having).toList();
    return switch (words.matching()) {
      case EVERY_WORD, RESPACED, BEGINNING -> and(each);
      case MOST_WORDS -> allButOne(each);
      case ANY_WORD -> Filters.or(each);
    };
  }

  private static Bson having(Word word) {
    List<Bson> either = new ArrayList<>();
    Set<String> single = new TreeSet<>();
    Stream.concat(word.spellings().stream(), word.hangul().stream().map(Word.Hangul::pairs))
        .distinct()
        .forEach(
            terms -> {
              if (terms.size() == 1) {
                single.addAll(terms);
              } else {
                either.add(all(terms));
              }
            });
    if (!single.isEmpty()) {
      either.addFirst(Filters.in("terms", single));
    }
    if (!word.beginning().isEmpty()) {
      either.add(
          Filters.elemMatch(
              "terms",
              new Document("$gte", word.beginning())
                  .append("$lt", word.beginning() + Character.MAX_VALUE)));
    }
    return either.isEmpty() ? NOTHING : either.size() == 1 ? either.getFirst() : Filters.or(either);
  }

  private static Bson all(Set<String> terms) {
    return Filters.all("terms", new TreeSet<>(terms));
  }

  private static Bson and(List<Bson> each) {
    return each.size() == 1 ? each.getFirst() : Filters.and(each);
  }

  private static Bson allButOne(List<Bson> each) {
    List<Bson> either = new ArrayList<>();
    for (int i = 0; i < each.size(); i++) {
      List<Bson> others = new ArrayList<>(each);
      others.remove(i);
      either.add(and(others));
    }
    return Filters.or(either);
  }
}
