package jangteo.chassis.text;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.ko.KoreanPartOfSpeechStopFilter;
import org.apache.lucene.analysis.ko.KoreanReadingFormFilter;
import org.apache.lucene.analysis.ko.KoreanTokenizer;
import org.apache.lucene.analysis.ko.KoreanTokenizer.DecompoundMode;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/**
 * Turns Korean and English text into terms.
 *
 * <p>Terms are the words that Lucene's Nori finds, without particles and endings, compounds both
 * whole and in parts, Hanja read as Hangul; English words are lower case and stemmed. Beside them
 * stand <i>pairs</i>: each two neighbouring Hangul syllables, spaces left out and marked with
 * {@code _}, so that 무선이어폰 and 무선 이어폰, a part of a word, and names that no dictionary knows are
 * found as well. Instances are safe for many threads.
 */
public final class TextAnalysis {

  /** Longer words are cut: nobody types them, and they would only swell an index. */
  private static final int TERM_LENGTH = 64;

  /** How many keys of a beginning are kept, and how many words of a text begin one. */
  private static final int BEGINNING_LENGTH = 30;

  private static final int BEGINNINGS = 12;

  private static final int INITIALS = 10;

  /** English words that say nothing of a product. */
  private static final Set<String> JOINING =
      Set.of(
          "a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with");

  /** Nori would make a word of its own of the s. */
  private static final Pattern POSSESSIVE = Pattern.compile("['’]s(?![\\p{L}\\p{N}])");

  private static final Pattern LETTERS = Pattern.compile("[\\p{L}&&[^\\p{IsHangul}]]+");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
  private static final Pattern HANGUL = Pattern.compile("\\p{IsHangul}+");
  private static final Pattern NOT_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

  private final Analyzer whole = analyzer(DecompoundMode.MIXED);
  private final Analyzer parts = analyzer(DecompoundMode.DISCARD);

  /** Loads the dictionary (about 25 MB, most of a second), so that no first query waits for it. */
  public TextAnalysis() {
    asked("무선 이어폰");
  }

  /**
   * A term where it stands in a text.
   *
   * @param from in UTF-16 units, inclusive
   * @param to exclusive
   */
  public record Placed(String term, int from, int to) {}

  /** The terms of a text that is written to an index. */
  public Set<String> terms(String text) {
    return tokens(whole, normal(text));
  }

  /**
   * The pairs of a text that is written to an index, and each two neighbouring words of other
   * scripts as one (suncream for Sun Cream).
   */
  public Set<String> pairs(String text) {
    String normal = normal(text);
    Set<String> pairs = new LinkedHashSet<>();
    Matcher hangul = HANGUL.matcher(NOT_WORD.matcher(normal).replaceAll(""));
    while (hangul.find()) {
      addPairs(hangul.group(), pairs);
    }
    String before = "";
    for (String word : NOT_WORD.split(normal, -1)) {
      boolean letters = LETTERS.matcher(word).matches();
      if (letters && !before.isEmpty()) {
        pairs.addAll(tokens(parts, before + word));
      }
      before = letters ? word : "";
    }
    return pairs;
  }

  /**
   * The words of a query in their order, compounds in their parts alone. English words that only
   * join others are left out, unless there are no others.
   */
  public List<Placed> asked(String query) {
    List<Placed> all = placed(parts, query);
    List<Placed> telling = all.stream().filter(word -> !JOINING.contains(word.term())).toList();
    return telling.isEmpty() ? all : telling;
  }

  /** The terms of a text with their places; a compound's stands over those of its parts. */
  public List<Placed> placed(String text) {
    return placed(whole, text);
  }

  /** Where these syllables stand in a text, whatever stands between them but letters and digits. */
  public List<Placed> standing(String text, String hangul) {
    Normal normal = Normal.of(text);
    StringBuilder letters = new StringBuilder();
    List<Integer> places = new ArrayList<>();
    WORD.matcher(normal.text())
        .results()
        .flatMapToInt(word -> IntStream.range(word.start(), word.end()))
        .forEach(
            at -> {
              letters.append(normal.text().charAt(at));
              places.add(at);
            });
    List<Placed> standing = new ArrayList<>();
    for (int at = letters.indexOf(hangul); at >= 0; at = letters.indexOf(hangul, at + 1)) {
      int last = places.get(at + hangul.length() - 1);
      standing.add(new Placed(hangul, normal.from(places.get(at)), normal.to(last + 1)));
    }
    return standing;
  }

  /**
   * The text from each of its words, and each part of a compound, on, as the keys that type it, and
   * once more by its initial consonants (ㅇㅇㅍ for 이어폰): what {@link #beginning} of something typed
   * is a prefix of.
   */
  public Set<String> beginnings(String text) {
    String lower = normal(text);
    SortedSet<Integer> starts = new TreeSet<>();
    WORD.matcher(lower).results().forEach(word -> starts.add(word.start()));
    analyse(
        parts,
        lower,
        stream -> starts.add(stream.getAttribute(OffsetAttribute.class).startOffset()));
    return starts.stream()
        .limit(BEGINNINGS)
        .map(lower::substring)
        .flatMap(rest -> Stream.of(beginning(rest), initials(rest)))
        .filter(beginning -> !beginning.isEmpty())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** What was typed so far, perhaps in the middle of a syllable; empty when it has no letter. */
  public String beginning(String typed) {
    String keys = Jamo.of(NOT_WORD.matcher(normal(typed)).replaceAll(""));
    return keys.substring(0, Math.min(keys.length(), BEGINNING_LENGTH));
  }

  private static String initials(String text) {
    Matcher hangul = HANGUL.matcher(NOT_WORD.matcher(text).replaceAll(""));
    String first = hangul.lookingAt() ? hangul.group() : "";
    return first.length() < 2
        ? ""
        : Jamo.initials(first.substring(0, Math.min(first.length(), INITIALS)));
  }

  private List<Placed> placed(Analyzer analyzer, String text) {
    Normal normal = Normal.of(text);
    List<Placed> placed = new ArrayList<>();
    analyse(
        analyzer,
        normal.text(),
        stream -> {
          String term = term(stream);
          OffsetAttribute place = stream.getAttribute(OffsetAttribute.class);
          if (!term.isEmpty()) {
            placed.add(
                new Placed(term, normal.from(place.startOffset()), normal.to(place.endOffset())));
          }
        });
    return placed;
  }

  /** Of a word; empty for what is none. */
  private static String term(TokenStream stream) {
    CharTermAttribute term = stream.getAttribute(CharTermAttribute.class);
    return WORD.matcher(term).find()
        ? term.subSequence(0, Math.min(term.length(), TERM_LENGTH)).toString()
        : "";
  }

  private static void addPairs(String hangul, Collection<String> pairs) {
    for (int i = 0; i + 2 <= hangul.length(); i++) {
      pairs.add("_" + hangul.substring(i, i + 2));
    }
  }

  private static String normal(String text) {
    return Normal.form(text);
  }

  private static Set<String> tokens(Analyzer analyzer, String text) {
    Set<String> tokens = new LinkedHashSet<>();
    analyse(
        analyzer,
        text,
        stream -> {
          String term = term(stream);
          if (!term.isEmpty()) {
            tokens.add(term);
          }
        });
    return tokens;
  }

  private static void analyse(Analyzer analyzer, String text, Consumer<TokenStream> each) {
    String plain = POSSESSIVE.matcher(text).replaceAll("  ");
    try (TokenStream stream = analyzer.tokenStream("text", new StringReader(plain))) {
      stream.addAttribute(CharTermAttribute.class);
      stream.addAttribute(OffsetAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        each.accept(stream);
      }
      stream.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Analyzer analyzer(DecompoundMode compounds) {
    return new Analyzer() {
      @Override
      protected TokenStreamComponents createComponents(String field) {
        Tokenizer words =
            new KoreanTokenizer(
                TokenStream.DEFAULT_TOKEN_ATTRIBUTE_FACTORY, null, compounds, false, true);
        TokenStream meaning = new KoreanPartOfSpeechStopFilter(words);
        TokenStream read = new LowerCaseFilter(new KoreanReadingFormFilter(meaning));
        return new TokenStreamComponents(words, new ASCIIFoldingFilter(new KStemFilter(read)));
      }
    };
  }
}
