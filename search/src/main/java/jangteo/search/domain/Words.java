package jangteo.search.domain;

import java.util.List;

/**
 * What the words of a search ask of a product.
 *
 * @param words in the order typed; without any nothing is found
 * @param matching how many of them are needed
 */
public record Words(List<Word> words, Matching matching) {

  /** Copies the words. */
  public Words {
    words = List.copyOf(words);
  }
}
