package jangteo.search.domain;

import java.util.List;
import java.util.Set;

/**
 * One word that was typed: a product has it when it has all terms of one spelling, or all pairs of
 * one of its forms in Hangul.
 *
 * @param spellings the word's own terms first, then those of words that mean the same; none for a
 *     fragment that is no word
 * @param hangul the forms of two syllables and more
 * @param beginning what a term that stands for it begins with; empty when only a whole one does
 */
public record Word(List<Set<String>> spellings, List<Hangul> hangul, String beginning) {

  /**
   * A form as it is looked for inside and across the words of a name.
   *
   * @param syllables without spaces
   * @param pairs each two neighbouring ones
   * @param keys that type them, as a product's beginnings are spelled
   */
  public record Hangul(String syllables, Set<String> pairs, String keys) {

    /** Copies the pairs. */
    public Hangul {
      pairs = Set.copyOf(pairs);
    }
  }

  /** Copies the spellings. */
  public Word {
    spellings = List.copyOf(spellings);
    hangul = List.copyOf(hangul);
  }

  /** The same word, of which only the beginning was typed. */
  public Word begun(String typed) {
    return new Word(spellings, hangul, typed);
  }
}
