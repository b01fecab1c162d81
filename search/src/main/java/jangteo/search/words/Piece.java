package jangteo.search.words;

import jangteo.chassis.text.TextAnalysis;
import jangteo.chassis.text.TextAnalysis.Placed;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Neighbouring terms of a text that are looked for as one: a single syllable is hardly a word, and
 * what the dictionary cut off with it may be cut otherwise in a product.
 *
 * @param terms those of the analysis; none when it took the whole for an ending
 * @param surface as it was typed, in lower case
 * @param from where it begins in the text
 * @param to where it ends
 */
record Piece(List<String> terms, String surface, int from, int to) {

  private static final Pattern HANGUL = Pattern.compile("\\p{IsHangul}+");

  /** Also what the analysis leaves out, as the a of 65a6. */
  private static final Pattern INSIDE_CODE = Pattern.compile("[-_\\p{IsLatin}\\p{N}]*");

  private static final Pattern LATIN = Pattern.compile("\\p{IsLatin}+");

  /** The pieces of a text, in their order. */
  static List<Piece> of(String typed, TextAnalysis text) {
    String plain = Normalizer.normalize(typed, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    List<Piece> pieces = new ArrayList<>();
    for (Placed term : text.asked(plain)) {
      Piece piece =
          new Piece(
              List.of(term.term()),
              plain.substring(term.from(), term.to()),
              term.from(),
              term.to());
      boolean joins = !pieces.isEmpty() && pieces.getLast().takes(piece, plain);
      pieces.add(joins ? pieces.removeLast().and(piece) : piece);
    }
    return whole(singlesJoined(pieces), plain);
  }

  /**
   * What a list of words knows several pieces by: syllables as typed, other words by their terms.
   */
  static String key(List<Piece> pieces) {
    return pieces.stream()
        .map(piece -> piece.isHangul() ? piece.surface() : String.join("", piece.terms()))
        .collect(Collectors.joining());
  }

  boolean isHangul() {
    return HANGUL.matcher(surface).matches();
  }

  boolean isLatin() {
    return LATIN.matcher(surface).matches();
  }

  Set<String> spelling() {
    return Set.copyOf(terms);
  }

  /** A syllable that is still alone goes to the piece before it. */
  private static List<Piece> singlesJoined(List<Piece> pieces) {
    List<Piece> joined = new ArrayList<>();
    for (Piece piece : pieces) {
      boolean joins =
          piece.isSyllable()
              && !joined.isEmpty()
              && joined.getLast().isHangul()
              && joined.getLast().to() == piece.from();
      joined.add(joins ? joined.removeLast().and(piece) : piece);
    }
    return joined;
  }

  /**
   * The beginning of a word looks like a syllable with an ending, which the analysis leaves out:
   * such a fragment is taken as it was typed. A whole word that it leaves out tells nothing, but
   * where there is no other.
   */
  private static List<Piece> whole(List<Piece> pieces, String plain) {
    List<Piece> whole = new ArrayList<>();
    Matcher words = HANGUL.matcher(plain);
    while (words.find()) {
      List<Piece> inside =
          pieces.stream()
              .filter(piece -> piece.from() >= words.start() && piece.to() <= words.end())
              .toList();
      boolean cut =
          inside.isEmpty() ? pieces.isEmpty() : inside.stream().allMatch(Piece::isSyllable);
      boolean fragment = cut && words.group().length() > 1;
      if (fragment) {
        whole.add(new Piece(List.of(), words.group(), words.start(), words.end()));
      } else {
        whole.addAll(inside);
      }
    }
    pieces.stream().filter(piece -> !piece.isHangul()).forEach(whole::add);
    whole.sort(Comparator.comparingInt(Piece::from));
    return whole;
  }

  private boolean isSyllable() {
    return surface.length() == 1 && isHangul();
  }

  /**
   * A syllable after single ones; another term of the same letters, as of a contraction; or more of
   * a code such as wf-1000xm5, of which half is nothing.
   */
  private boolean takes(Piece next, String plain) {
    if (next.from < to) {
      return true;
    }
    boolean onlySyllables = isHangul() && surface.length() == terms.size();
    boolean code =
        !isHangul()
            && !next.isHangul()
            && INSIDE_CODE.matcher(plain.substring(to, next.from)).matches();
    return code || (onlySyllables && next.isSyllable() && next.from == to);
  }

  private Piece and(Piece next) {
    List<String> all = new ArrayList<>(terms);
    all.addAll(next.terms());
    int known = Math.clamp(to - next.from(), 0, next.surface().length());
    return new Piece(all, surface + next.surface().substring(known), from, Math.max(to, next.to()));
  }
}
