package jangteo.search.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import jangteo.chassis.text.TextAnalysis;
import jangteo.search.domain.Facets;
import jangteo.search.domain.Filter;
import jangteo.search.domain.Found;
import jangteo.search.domain.Found.Place;
import jangteo.search.domain.Matching;
import jangteo.search.domain.Offer;
import jangteo.search.domain.Product;
import jangteo.search.domain.Sort;
import jangteo.search.domain.Suggestion;
import jangteo.search.domain.Words;
import jangteo.search.words.Highlighter;
import jangteo.search.words.Synonyms;
import jangteo.search.words.WordReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The products in MongoDB, as the aggregate service keeps them. */
public final class Products {

  /** Candidates for suggestions, the best of which are shown. */
  private static final int CANDIDATES = 100;

  private final MongoCollection<Document> products;
  private final TextAnalysis text;
  private final WordReader reader;
  private final FacetCounts facets;
  private final Related related;

  /** The products of this database. */
  public Products(MongoDatabase database, TextAnalysis text, Synonyms synonyms) {
    this.products = database.getCollection("products");
    this.text = text;
    this.reader = new WordReader(text, synonyms);
    this.facets = new FacetCounts(database);
    this.related = new Related(products);
  }

  /** One product; nothing when there is none of this id, or its product part has not come yet. */
  public Optional<Product> find(long productId) {
    return Optional.ofNullable(
            products
                .find(Filters.and(Filters.eq(productId), Wanted.VISIBLE))
                .projection(ProductDocument.FIELDS)
                .first())
        .map(ProductDocument::read);
  }

  /**
   * What a text asks for: by the strictest reading that any product answers, whatever the other
   * filters, so that a narrower choice never means other words.
   */
  public Words understand(String typed) {
    List<Words> readings = reader.readings(typed);
    return readings.stream().filter(this::anyHas).findFirst().orElse(readings.getFirst());
  }

  /** What a text asks for by this reading. */
  public Words understand(String typed, Matching matching) {
    List<Words> readings = reader.readings(typed);
    return readings.stream()
        .filter(words -> words.matching() == matching)
        .findFirst()
        .orElse(readings.getFirst());
  }

  private boolean anyHas(Words words) {
    return products
            .find(Filters.and(Wanted.VISIBLE, Wanted.having(words)))
            .projection(Projections.include("_id"))
            .first()
        != null;
  }

  /**
   * One page of those that the filter wants.
   *
   * @param words what its text asks for
   * @param after the end of the page before
   * @throws NotAPlaceException when {@code after} is no place of this order
   */
  public Found search(
      Filter filter, Optional<Words> words, Sort sort, Optional<Place> after, int size) {
    Ordering ordering = Ordering.of(words.isEmpty() && sort == Sort.RELEVANCE ? Sort.NEWEST : sort);
    Optional<Bson> rest =
        after.map(place -> ordering.after(place).orElseThrow(NotAPlaceException::new));
    List<Bson> stages = new ArrayList<>();
    stages.add(new Document("$match", Wanted.query(filter, words)));
    if (ordering == Ordering.SCORE) {
      Document score = Relevance.score(words.orElseThrow());
      stages.add(new Document("$set", new Document(ordering.field(), score)));
    }
    rest.ifPresent(place -> stages.add(new Document("$match", place)));
    stages.add(new Document("$sort", ordering.sort()));
    stages.add(new Document("$limit", size + 1));
    stages.add(
        new Document("$project", new Document(ProductDocument.FIELDS).append(ordering.field(), 1)));
    List<Document> page = products.aggregate(stages).into(new ArrayList<>());
    boolean more = page.size() > size;
    List<Document> shown = more ? page.subList(0, size) : page;
    return new Found(
        shown.stream().map(ProductDocument::read).toList(),
        more ? Optional.of(ordering.place(shown.getLast())) : Optional.empty());
  }

  /** How many products the filter wants, in all. */
  public Counts count(Filter filter, Optional<Words> words) {
    FacetCounts.Counted counted = facets.count(filter, words);
    return new Counts(counted.total(), counted.facets());
  }

  /** A result's size, and its facets. */
  public record Counts(long total, Facets facets) {}

  /**
   * Products that are like this one and that a visitor may want instead or as well, the most alike
   * first; nothing when there is no such product.
   */
  public Optional<List<Product>> related(long productId, int size) {
    Document found =
        products
            .find(Filters.and(Filters.eq(productId), Wanted.VISIBLE))
            .projection(
                Projections.include(
                    "product.category", "product.brand", "product.nameTerms", "priceUp"))
            .first();
    return Optional.ofNullable(found)
        .map(document -> related.to(document, size).stream().map(ProductDocument::read).toList());
  }

  /** Where these words stand in a product's texts. */
  public Highlighter highlighter(Words words) {
    return new Highlighter(text, words);
  }

  /** Products with a word that begins with what was typed; those with most reviews first. */
  public List<Suggestion> suggest(String typed, int size) {
    String beginning = text.beginning(typed);
    if (beginning.isEmpty()) {
      return List.of();
    }
    Bson begins =
        Filters.elemMatch(
            "product.beginnings",
            new Document("$gte", beginning).append("$lt", beginning + Character.MAX_VALUE));
    record Candidate(Suggestion suggestion, boolean inStock, long reviews) {}
    List<Candidate> candidates = new ArrayList<>();
    for (Document found :
        products
            .find(Filters.and(begins, Wanted.VISIBLE))
            .projection(Projections.include("product.name", "inStock", "rating.count"))
            .limit(CANDIDATES)) {
      candidates.add(
          new Candidate(
              new Suggestion(
                  found.getEmbedded(List.of("product", "name"), ""), found.getLong("_id")),
              found.getBoolean("inStock", false),
              found.getEmbedded(List.of("rating", "count"), 0L)));
    }
    return candidates.stream()
        .sorted(
            Comparator.comparing(Candidate::inStock)
                .thenComparing(Candidate::reviews)
                .reversed()
                .thenComparing(candidate -> candidate.suggestion().text().length())
                .thenComparing(candidate -> candidate.suggestion().text()))
        .map(Candidate::suggestion)
        .collect(Suggestion.distinctTexts())
        .stream()
        .limit(size)
        .toList();
  }

  /** What is sold of the products with one of these ids or exactly one of these names. */
  public List<Offer> offers(Collection<Long> ids, Collection<String> names) {
    List<Bson> either = new ArrayList<>();
    if (!ids.isEmpty()) {
      either.add(Filters.in("_id", ids));
    }
    if (!names.isEmpty()) {
      either.add(Filters.in("product.name", names));
    }
    return products
        .find(Filters.and(Wanted.VISIBLE, Filters.or(either)))
        .projection(ProductDocument.OFFER_FIELDS)
        .map(
            document ->
                new Offer(
                    document.getLong("_id"),
                    document.getEmbedded(List.of("product", "name"), ""),
                    ProductDocument.listings(document)))
        .into(new ArrayList<>());
  }
}
