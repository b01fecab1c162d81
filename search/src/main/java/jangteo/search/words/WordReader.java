package jangteo.search.words;

import jangteo.chassis.text.TextAnalysis;
import jangteo.chassis.text.TextAnalysis.Placed;
import jangteo.search.domain.Matching;
import jangteo.search.domain.Word;
import jangteo.search.domain.Word.Hangul;
import jangteo.search.domain.Words;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what somebody typed. Instances are safe for many threads. */
public final class WordReader {

  /** How many pieces a phrase of the synonyms can have. */
  private static final int PHRASE = 3;

  /** Fewer letters begin too many words. */
  private static final int BEGINNING = 3;

  /** More words than so are not left out one by one. */
  private static final int FEW = 12;

  private static final List<String> LATIN_ENDINGS = List.of("s", "es");

  /** For (one who), and the plural. */
  private static final List<String> HANGUL_ENDINGS = List.of("용", "들");

  private static final Pattern NOT_HANGUL = Pattern.compile("[^\\p{IsHangul}]+");
  private static final Pattern BETWEEN_HANGUL =
      Pattern.compile("(?<=\\p{IsHangul})\\s+(?=\\p{IsHangul})");

  /** Texts that are asked for again and again. */
  private static final int REMEMBERED = 1_000;

  private final TextAnalysis text;
  private final Synonyms synonyms;
  private final Recent<String, List<Words>> recent = new Recent<>(REMEMBERED);

  /** With this analysis, by which the products' terms were made too. */
  public WordReader(TextAnalysis text, Synonyms synonyms) {
    this.text = text;
    this.synonyms = synonyms;
  }

  /** What this text can ask for, the strictest reading first. */
  public List<Words> readings(String typed) {
    return recent
        .find(typed)
        .orElseGet(
            () -> {
              List<Words> readings = List.copyOf(read(typed));
              recent.put(typed, readings);
              return readings;
            });
  }

  private List<Words> read(String typed) {
    List<Piece> pieces = Piece.of(typed, text);
    List<Word> words = words(pieces);
    List<Words> readings = new ArrayList<>();
    readings.add(new Words(words, Matching.EVERY_WORD));
    String respaced = BETWEEN_HANGUL.matcher(typed).replaceAll("");
    if (!respaced.equals(typed)) {
      readings.add(new Words(words(Piece.of(respaced, text)), Matching.RESPACED));
    }
    if (!pieces.isEmpty() && canBegin(pieces.getLast())) {
      List<Word> begun = new ArrayList<>(words);
      begun.add(begun.removeLast().begun(pieces.getLast().surface()));
      readings.add(new Words(begun, Matching.BEGINNING));
    }
    if (words.size() > 2 && words.size() <= FEW) {
      readings.add(new Words(words, Matching.MOST_WORDS));
    }
    if (words.size() > 1) {
      readings.add(new Words(words, Matching.ANY_WORD));
    }
    return readings;
  }

  private static boolean canBegin(Piece last) {
    return last.isLatin() && last.surface().length() >= BEGINNING;
  }

  private List<Word> words(List<Piece> pieces) {
    List<Word> words = new ArrayList<>();
    for (int i = 0; i < pieces.size(); ) {
      int to = longestPhrase(pieces, i);
      words.add(to > i ? phrase(pieces.subList(i, to)) : word(pieces, i));
      i = Math.max(to, i + 1);
    }
    return words;
  }

  /** Where the longest phrase of the synonyms that begins here ends; here when there is none. */
  private int longestPhrase(List<Piece> pieces, int from) {
    for (int to = Math.min(pieces.size(), from + PHRASE); to > from; to--) {
      if (!synonyms.of(pieces.subList(from, to)).isEmpty()) {
        return to;
      }
    }
    return from;
  }

  private Word phrase(List<Piece> pieces) {
    Set<Set<String>> spellings = new LinkedHashSet<>();
    spellings.add(
        pieces.stream().flatMap(piece -> piece.terms().stream()).collect(Collectors.toSet()));
    List<Hangul> hangul = new ArrayList<>();
    for (String same : synonyms.of(pieces)) {
      spellings.add(terms(same));
      hangul(same).ifPresent(hangul::add);
    }
    return word(spellings, hangul);
  }

  /** Alone, or as one with the word beside it: suncream for sun cream. */
  private Word word(List<Piece> pieces, int i) {
    Piece piece = pieces.get(i);
    Set<Set<String>> spellings = new LinkedHashSet<>();
    spellings.add(piece.spelling());
    spellings.addAll(withoutEnding(piece));
    if (piece.isLatin()) {
      if (i > 0 && pieces.get(i - 1).isLatin()) {
        spellings.add(terms(pieces.get(i - 1).surface() + piece.surface()));
      }
      if (i + 1 < pieces.size() && pieces.get(i + 1).isLatin()) {
        spellings.add(terms(piece.surface() + pieces.get(i + 1).surface()));
      }
    }
    List<Hangul> hangul = new ArrayList<>();
    hangul(piece.surface()).ifPresent(hangul::add);
    return word(spellings, hangul);
  }

  private static Word word(Set<Set<String>> spellings, List<Hangul> hangul) {
    return new Word(
        spellings.stream().filter(spelling -> !spelling.isEmpty()).toList(), hangul, "");
  }

  /** A form of two syllables and more; nothing for what is not Hangul alone. */
  private Optional<Hangul> hangul(String form) {
    String syllables = form.replace(" ", "");
    return syllables.length() > 1 && !NOT_HANGUL.matcher(syllables).find()
        ? Optional.of(new Hangul(syllables, text.pairs(syllables), text.beginning(syllables)))
        : Optional.empty();
  }

  private Set<String> terms(String surface) {
    return text.asked(surface).stream().map(Placed::term).collect(Collectors.toSet());
  }

  /**
   * What is left of a word without an ending that the analysis may not know: smartwatch of
   * smartwatches, 여행 of 여행용.
   */
  private Set<Set<String>> withoutEnding(Piece piece) {
    List<String> endings = piece.isHangul() ? HANGUL_ENDINGS : LATIN_ENDINGS;
    int stem = piece.isHangul() ? 2 : BEGINNING;
    Set<Set<String>> without = new LinkedHashSet<>();
    for (String ending : endings) {
      int length = piece.surface().length() - ending.length();
      if (length >= stem && piece.surface().endsWith(ending)) {
        without.add(terms(piece.surface().substring(0, length)));
      }
    }
    return without;
  }
}
