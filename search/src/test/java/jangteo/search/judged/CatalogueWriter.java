package jangteo.search.judged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes {@code catalogue.tsv}, the catalogue of the judged list, out of {@code types.tsv}, {@code
 * brands.tsv} and {@code facts.tsv}: always the same one.
 *
 * <p>A product is first a set of facts (its type, brand, features, uses), which the judgements go
 * by. Then it is put into words as sellers do: in Korean, English or both, with or without spaces,
 * a feature in the name, in an attribute or in the description alone, and with words about other
 * things.
 */
final class CatalogueWriter {

  private static final int OF_EACH_TYPE = 33;
  private static final Set<String> COLOURS =
      Set.of("black", "white", "red", "blue", "pink", "green");
  private static final Map<String, String> WEARERS =
      Map.of("men", "남성", "women", "여성", "kids", "아동");

  private final Random random = new Random(20_261_126);
  private final List<String[]> types = JudgedList.rows("types.tsv");
  private final Map<String, String[]> brands = byKey("brands.tsv");
  private final Map<String, String[]> facts = byKey("facts.tsv");

  private CatalogueWriter() {}

  /** Writes the file that the first argument names. */
  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), write());
  }

  /** The whole file. */
  static String write() {
    return new CatalogueWriter().all();
  }

  private String all() {
    StringBuilder lines = new StringBuilder();
    lines.append("# id\ttype\tbrand\tfacts\tname\tbrand as written\tcategory\tdescription");
    lines.append("\tattributes\tprice\tstock\n");
    long id = 1_000;
    for (int round = 0; round < OF_EACH_TYPE; round++) {
      for (String[] type : types) {
        lines.append(++id).append('\t').append(String.join("\t", product(type))).append('\n');
      }
    }
    return lines.toString();
  }

  private List<String> product(String[] type) {
    String brand = one(type[4], ",");
    List<String> features = new ArrayList<>();
    for (String group : type[5].split(",", -1)) {
      String feature = one(group, "\\|");
      if (!feature.equals("-")) {
        features.add(feature);
      }
    }
    Set<String> uses = new LinkedHashSet<>();
    uses.add(one(type[6], ","));
    if (random.nextInt(3) == 0) {
      uses.add(one(type[6], ","));
    }
    Language language = Language.values()[random.nextInt(Language.values().length)];
    Set<String> named = features.stream().filter(this::isNamed).collect(Collectors.toSet());
    String model = model(type[1]);
    Map<String, String> attributes = attributes(features, language);
    List<String> all = new ArrayList<>(features);
    all.addAll(uses);
    if (!model.isEmpty()) {
      all.add("model:" + model.toLowerCase(Locale.ROOT));
    }
    long price =
        Math.round(Long.parseLong(type[7]) * (0.1 + 0.9 * random.nextDouble()) / 100) * 100;
    return List.of(
        type[0],
        brand,
        String.join(",", all),
        name(type, brand, features.stream().filter(named::contains).toList(), model, language),
        brands.get(brand)[random.nextInt(10) < 6 ? 2 : 1],
        type[1],
        description(
            type, features.stream().filter(f -> !named.contains(f)).toList(), uses, language),
        attributes.entrySet().stream()
            .map(pair -> pair.getKey() + "=" + pair.getValue())
            .collect(Collectors.joining(";")),
        Long.toString(price),
        Integer.toString(random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(60)));
  }

  /** How a seller writes. */
  private enum Language {
    KOREAN,
    KOREAN_WITH_LATIN_BRAND,
    KOREAN_BRAND_ENGLISH_NOUN,
    KOREAN_WITH_ENGLISH_ENDING,
    ENGLISH;

    boolean english() {
      return this == ENGLISH;
    }
  }

  private String name(
      String[] type, String brand, List<String> named, String model, Language language) {
    boolean hangulBrand =
        language == Language.KOREAN || language == Language.KOREAN_BRAND_ENGLISH_NOUN;
    String maker = brands.get(brand)[hangulBrand ? 1 : 2];
    boolean englishNoun = language.english() || language == Language.KOREAN_BRAND_ENGLISH_NOUN;
    String noun = one(type[englishNoun ? 3 : 2], ";");
    List<String> words = new ArrayList<>();
    words.add(maker);
    String colour = "";
    StringBuilder before = new StringBuilder();
    for (String fact : named) {
      String word = one(facts.get(fact)[language.english() ? 2 : 1], ";");
      if (COLOURS.contains(fact)) {
        colour = word;
      } else if (language.english()) {
        before.append(word).append(' ');
      } else {
        // 무선이어폰 and 무선 이어폰: sellers write either.
        before.append(word).append(random.nextInt(5) < 2 && !englishNoun ? "" : " ");
      }
    }
    boolean modelFirst = random.nextBoolean();
    if (modelFirst && !model.isEmpty()) {
      words.add(model);
    }
    words.add(before + noun);
    if (language == Language.KOREAN_WITH_ENGLISH_ENDING && random.nextBoolean()) {
      words.add(one(type[3], ";"));
    }
    if (!modelFirst && !model.isEmpty()) {
      words.add(model);
    }
    if (!colour.isEmpty()) {
      words.add(colour);
    }
    return String.join(" ", words);
  }

  private String description(
      String[] type, List<String> unnamed, Set<String> uses, Language language) {
    List<String> sentences = new ArrayList<>();
    int words = language.english() ? 4 : 3;
    unnamed.forEach(fact -> sentences.add(facts.get(fact)[words]));
    uses.forEach(use -> sentences.add(facts.get(use)[words]));
    String[] other = types.get(random.nextInt(types.size()));
    if (random.nextInt(3) == 0 && !other[0].equals(type[0])) {
      String noun = one(other[language.english() ? 3 : 2], ";").toLowerCase(Locale.ROOT);
      sentences.add(
          language.english()
              ? "Customers who bought it also looked at a " + noun + "."
              : "함께 많이 찾는 상품: " + noun + ".");
    }
    sentences.add(
        language.english()
            ? List.of(
                    "Shipped on the day of the order.",
                    "Free returns within seven days.",
                    "With a warranty of two years.")
                .get(random.nextInt(3))
            : List.of("오늘 주문하면 내일 받습니다.", "7일 안에 무료로 반품할 수 있습니다.", "품질 보증 2년.")
                .get(random.nextInt(3)));
    return String.join(" ", sentences);
  }

  private Map<String, String> attributes(List<String> features, Language language) {
    Map<String, String> attributes = new TreeMap<>();
    for (String feature : features) {
      if (COLOURS.contains(feature)) {
        String[] words = facts.get(feature);
        attributes.put(
            language.english() ? "colour" : "색상",
            language.english() ? words[2] : one(words[1], ";"));
      } else if (WEARERS.containsKey(feature) && !language.english()) {
        attributes.put("대상", WEARERS.get(feature));
      }
    }
    return attributes;
  }

  private boolean isNamed(String feature) {
    return random.nextInt(10) < (COLOURS.contains(feature) ? 6 : 8);
  }

  private String model(String category) {
    boolean hasModels = category.startsWith("electronics") || category.startsWith("appliances");
    if (!hasModels || random.nextInt(10) < 3) {
      return "";
    }
    String letters = "ABCDEFGHKLMNPRSTUVWX";
    return ""
        + letters.charAt(random.nextInt(letters.length()))
        + letters.charAt(random.nextInt(letters.length()))
        + (random.nextBoolean() ? "-" : "")
        + (100 + random.nextInt(900));
  }

  private String one(String choices, String separator) {
    String[] all = choices.split(separator, -1);
    return all[random.nextInt(all.length)];
  }

  private static Map<String, String[]> byKey(String file) {
    return JudgedList.rows(file).stream()
        .collect(Collectors.toMap(row -> row[0], Function.identity()));
  }
}
