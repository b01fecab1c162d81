package jangteo.chassis.text;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
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
   * What a query asks for: a text matches when it has all of {@code terms} or all of {@code pairs};
   * an empty set matches nothing.
   */
  public record Asked(Set<String> terms, Set<String> pairs) {}

  /** The terms of a text that is written to an index. */
  public Set<String> terms(String text) {
    return tokens(whole, normal(text));
  }

  /** The pairs of a text that is written to an index; words of other scripts as in terms. */
  public Set<String> pairs(String text) {
    String joined = NOT_WORD.matcher(normal(text)).replaceAll("");
    Set<String> pairs = new LinkedHashSet<>();
    Matcher hangul = HANGUL.matcher(joined);
    while (hangul.find()) {
      addPairs(hangul.group(), pairs);
    }
    return pairs;
  }

  /** What somebody who typed this query asks for. */
  public Asked asked(String query) {
    String text = normal(query);
    Set<String> pairs = new LinkedHashSet<>();
    Matcher hangul = HANGUL.matcher(text);
    while (hangul.find()) {
      addPairs(hangul.group(), pairs);
    }
    if (!pairs.isEmpty()) {
      pairs.addAll(tokens(parts, HANGUL.matcher(text).replaceAll(" ")));
    }
    return new Asked(tokens(parts, text), pairs);
  }

  /**
   * The text from each of its words, and each part of a compound, on, as the keys that type it:
   * what {@link #beginning} of something typed is a prefix of.
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
        .map(start -> beginning(lower.substring(start)))
        .filter(beginning -> !beginning.isEmpty())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** What was typed so far, perhaps in the middle of a syllable; empty when it has no letter. */
  public String beginning(String typed) {
    String keys = Jamo.of(NOT_WORD.matcher(normal(typed)).replaceAll(""));
    return keys.substring(0, Math.min(keys.length(), BEGINNING_LENGTH));
  }

  private static void addPairs(String hangul, Collection<String> pairs) {
    for (int i = 0; i + 2 <= hangul.length(); i++) {
      pairs.add("_" + hangul.substring(i, i + 2));
    }
  }

  /** Composed Hangul and plain letters, however a keyboard or a file system spelled them. */
  private static String normal(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }

  private static Set<String> tokens(Analyzer analyzer, String text) {
    Set<String> tokens = new LinkedHashSet<>();
    analyse(
        analyzer,
        text,
        stream -> {
          CharTermAttribute term = stream.getAttribute(CharTermAttribute.class);
          if (WORD.matcher(term).find()) {
            tokens.add(term.subSequence(0, Math.min(term.length(), TERM_LENGTH)).toString());
          }
        });
    return tokens;
  }

  private static void analyse(Analyzer analyzer, String text, Consumer<TokenStream> each) {
    try (TokenStream stream = analyzer.tokenStream("text", new StringReader(text))) {
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
        TokenStream english = new KStemFilter(new EnglishPossessiveFilter(read));
        return new TokenStreamComponents(words, new ASCIIFoldingFilter(english));
      }
    };
  }
}
