package jangteo.search.domain;

/** What a result can be narrowed by, with counts. */
public enum Dimension {
  CATEGORY,
  BRAND,
  SELLER,
  PRICE,
  RATING
}
