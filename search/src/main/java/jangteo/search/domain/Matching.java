package jangteo.search.domain;

/** How what was typed is read, the strictest first. */
public enum Matching {
  /** A product needs each word. */
  EVERY_WORD,
  /** Each word, the spaces between Korean ones being wherever they make words. */
  RESPACED,
  /** Each word but the last, and one that begins with the last. */
  BEGINNING,
  /** All words but one. */
  MOST_WORDS,
  /** Any of them. */
  ANY_WORD
}
