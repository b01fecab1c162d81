package jangteo.search.domain;

import java.util.List;

/** Where the words that were typed stand in a product's texts. */
public record Highlights(List<Span> name, List<Span> brand, List<Span> description) {

  /** A part of a text, in UTF-16 units: {@code from} inclusive, {@code to} exclusive. */
  public record Span(int from, int to) {}
}
