package jangteo.search.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import jangteo.chassis.text.TextAnalysis;
import jangteo.search.domain.Matching;
import jangteo.search.domain.Offer;
import jangteo.search.domain.Product;
import jangteo.search.domain.Query;
import jangteo.search.domain.Result;
import jangteo.search.domain.Sort;
import jangteo.search.domain.Suggestion;
import jangteo.search.domain.Words;
import jangteo.search.words.AnalysedTexts;
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
  private final AnalysedTexts texts;
  private final WordReader reader;
  private final Search search;
  private final Related related;

  /**
   * The products of this database.
   *
   * @param broad counts what is too much to be counted while somebody waits
   */
  public Products(MongoDatabase database, TextAnalysis text, Synonyms synonyms, BroadCounts broad) {
    this.products = database.getCollection("products");
    this.text = text;
    this.texts = new AnalysedTexts(text);
    this.reader = new WordReader(text, synonyms);
    this.search = new Search(database, broad);
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
   * A page of what is wanted.
   *
   * <p>A text is read by the strictest reading that any product answers, whatever the other
   * filters, so that a narrower choice never means other words; and on every page as on the first.
   *
   * @throws NotAPlaceException when the page before did not end in this order
   */
  public Result search(Query query) {
    if (query.filter().text().isEmpty()) {
      return search(query, Optional.empty());
    }
    List<Words> readings = reader.readings(query.filter().text().get());
    Words first = reading(readings, query.after().map(Query.Mark::matching));
    Result result = search(query, Optional.of(first));
    if (result.counts().total() > 0 || query.after().isPresent()) {
      return result;
    }
    Words answered = readings.stream().filter(this::anyHas).findFirst().orElse(readings.getFirst());
    return answered.equals(first) ? result : search(query, Optional.of(answered));
  }

  private static Words reading(List<Words> readings, Optional<Matching> matching) {
    return readings.stream()
        .filter(words -> matching.isEmpty() || words.matching() == matching.get())
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

  private Result search(Query query, Optional<Words> words) {
    boolean scored = words.isPresent() || query.sort() != Sort.RELEVANCE;
    Ordering ordering = Ordering.of(scored ? query.sort() : Sort.NEWEST);
    Paging paging = new Paging(ordering, query.after().map(Query.Mark::place), query.size());
    Search.Answer answer = search.find(new Wanted(query.filter(), words), paging, query.facets());
    return new Result(answer.found(), answer.counts(), words);
  }

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
    return new Highlighter(texts, words);
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
