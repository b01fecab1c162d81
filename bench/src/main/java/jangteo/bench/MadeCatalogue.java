package jangteo.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import jangteo.aggregate.domain.Change;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A catalogue of any size, always the same one: the product of a number is made of that number
 * alone. Names are in Korean, in English or in both, as in the judged list of search, whose words
 * they use; some categories, brands and sellers have many times what others have.
 */
final class MadeCatalogue {

  /** The id of the first product; the others follow it. */
  static final long FIRST = 600_000_000_000_000_000L;

  private static final int SELLERS = 5_000;
  private static final long SELLER_IDS = 500_000_000_000_000_000L;
  private static final long LISTING_IDS = 700_000_000_000_000_000L;
  private static final int LISTINGS_AT_MOST = 8;
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final Duration BETWEEN = Duration.ofSeconds(60);
  private static final int SERIES = 4_000;
  private static final int[] ONE_LISTING_IN_100 = {2, 62, 85, 95};
  private static final Set<String> COLOURS =
      Set.of("black", "white", "red", "blue", "pink", "green");
  private static final String SYLLABLES = "가나다라마바사아자차카타파하고노도로모보소오조루무부수우주리미비시이지";
  private static final List<String> LATIN =
      List.of("lu", "na", "ve", "ro", "ti", "ka", "mo", "xi", "so", "pe", "ra", "no");

  private final List<String[]> types = rows("types.tsv");
  private final Map<String, String[]> brands = byKey("brands.tsv");
  private final Map<String, String[]> facts = byKey("facts.tsv");

  /** Every seller's name. */
  List<Change> sellers() {
    return LongStream.range(0, SELLERS)
        .<Change>mapToObj(
            n ->
                new Change.SellerNamed(
                    SELLER_IDS + n, 1, series(new SplittableRandom(n), true) + " 상점 " + n))
        .toList();
  }

  /** All parts of the product of this number, from 0. */
  List<Change.OfProduct> product(long number) {
    SplittableRandom random = new SplittableRandom(20_261_127 + number * 7_919);
    String[] type = types.get(skewed(random, types.size(), 1.6));
    String[] brand = words(brands, one(type[4], ",", random));
    Instant at = START.plus(BETWEEN.multipliedBy(number));
    List<Change.OfProduct> parts = new ArrayList<>();
    parts.add(written(FIRST + number, type, brand, at, random));
    long dearest = Long.parseLong(type[7]);
    int percent = random.nextInt(100);
    int listings = 0;
    while (listings < ONE_LISTING_IN_100.length && percent >= ONE_LISTING_IN_100[listings]) {
      listings++;
    }
    listings = listings == ONE_LISTING_IN_100.length ? LISTINGS_AT_MOST : listings;
    long price = Math.round(dearest * (0.1 + 0.9 * random.nextDouble()) / 100) * 100;
    Set<Long> sellers = new LinkedHashSet<>();
    for (int i = 0; i < listings; i++) {
      sellers.add(SELLER_IDS + skewed(random, SELLERS, 2.5));
    }
    int nth = 0;
    for (long seller : sellers) {
      parts.add(
          new Change.ListingWritten(
              LISTING_IDS + number * LISTINGS_AT_MOST + nth,
              1,
              FIRST + number,
              seller,
              price + 100L * random.nextInt(1 + (int) (price / 500)),
              "KRW",
              random.nextInt(30) == 0 ? "PAUSED" : "ON_SALE",
              random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(200),
              1,
              at));
      nth++;
    }
    if (random.nextInt(10) < 6) {
      parts.add(rated(FIRST + number, random));
    }
    return parts;
  }

  /** Whether this part says that somebody sells the product. */
  static boolean isListing(Change part) {
    return part instanceof Change.ListingWritten;
  }

  private static Change.RatingCounted rated(long productId, SplittableRandom random) {
    int most = 1 + skewed(random, 400, 4);
    return new Change.RatingCounted(
        productId,
        1,
        List.of(
            (long) random.nextInt(1 + most / 8),
            (long) random.nextInt(1 + most / 10),
            (long) random.nextInt(1 + most / 5),
            (long) random.nextInt(1 + most / 2),
            1L + random.nextInt(most)));
  }

  private Change.ProductWritten written(
      long id, String[] type, String[] brand, Instant at, SplittableRandom random) {
    boolean english = random.nextInt(4) == 0;
    boolean latinBrand = english || random.nextInt(3) == 0;
    List<String> features = new ArrayList<>();
    for (String group : type[5].split(",", -1)) {
      String feature = one(group, "\\|", random);
      if (!feature.equals("-")) {
        features.add(feature);
      }
    }
    List<String> name = new ArrayList<>();
    List<String> description = new ArrayList<>();
    Map<String, String> attributes = new TreeMap<>();
    name.add(brand[latinBrand ? 2 : 1]);
    name.add(series(random, !latinBrand));
    for (String feature : features) {
      String[] words = words(facts, feature);
      String word = one(words[english ? 2 : 1], ";", random);
      if (COLOURS.contains(feature)) {
        attributes.put(english ? "colour" : "색상", word);
      }
      if (random.nextInt(10) < 7) {
        name.add(word);
      } else {
        description.add(words[english ? 4 : 3]);
      }
    }
    String noun = one(type[english ? 3 : 2], ";", random);
    // 무선이어폰 and 무선 이어폰: sellers write either.
    boolean joined = !english && name.size() > 2 && random.nextInt(5) < 2;
    name.add(joined ? name.removeLast() + noun : noun);
    name.add(
        "%c%c-%d"
            .formatted(
                'A' + random.nextInt(26), 'A' + random.nextInt(26), 100 + random.nextInt(900)));
    description.add(words(facts, one(type[6], ",", random))[english ? 4 : 3]);
    description.add(
        english
            ? one("Shipped on the day of the order.;Free returns within seven days.", ";", random)
            : one("오늘 주문하면 내일 받습니다.;7일 안에 무료로 반품할 수 있습니다.;품질 보증 2년.", ";", random));
    return new Change.ProductWritten(
        id,
        1,
        SELLER_IDS,
        String.join(" ", name),
        String.join(" ", description),
        type[1],
        brand[random.nextInt(10) < 6 ? 2 : 1],
        attributes,
        List.of("https://images.example/" + id + ".jpg"),
        at,
        at);
  }

  /** One of some thousand made-up names of a series. */
  private static String series(SplittableRandom random, boolean hangul) {
    SplittableRandom its = new SplittableRandom(skewed(random, SERIES, 2));
    int length = 2 + its.nextInt(2);
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < length; i++) {
      name.append(
          hangul
              ? String.valueOf(SYLLABLES.charAt(its.nextInt(SYLLABLES.length())))
              : LATIN.get(its.nextInt(LATIN.size())));
    }
    return name.toString();
  }

  /** The greater the power, the more often a small number. */
  private static int skewed(SplittableRandom random, int bound, double power) {
    return (int) (bound * Math.pow(random.nextDouble(), power));
  }

  private static String one(String choices, String separator, SplittableRandom random) {
    String[] all = choices.split(separator, -1);
    return all[random.nextInt(all.length)];
  }

  private static String[] words(Map<String, String[]> table, String key) {
    return Objects.requireNonNull(table.get(key), key);
  }

  private static Map<String, String[]> byKey(String file) {
    return rows(file).stream().collect(Collectors.toMap(row -> row[0], Function.identity()));
  }

  private static List<String[]> rows(String file) {
    try (InputStream in = MadeCatalogue.class.getResourceAsStream("goods/" + file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not there");
      }
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
