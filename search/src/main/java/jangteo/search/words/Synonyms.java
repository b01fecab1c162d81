package jangteo.search.words;

import static java.nio.charset.StandardCharsets.UTF_8;

import jangteo.chassis.text.TextAnalysis;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Words that mean the same, out of a list of groups: brands in both scripts, and what goods are
 * called. They widen queries alone, so a change of the list needs no new index.
 */
public final class Synonyms {

  /** No words. */
  public static final Synonyms NONE = new Synonyms(Map.of());

  private final Map<String, Set<String>> groups;

  private Synonyms(Map<String, Set<String>> groups) {
    this.groups = groups;
  }

  /** The list of {@code synonyms.txt}: a group a line, words or phrases between commas. */
  public static Synonyms load(TextAnalysis text) {
    try (InputStream in = Synonyms.class.getResourceAsStream("/jangteo/search/synonyms.txt")) {
      if (in == null) {
        throw new IllegalStateException("synonyms.txt is not on the class path");
      }
      return of(new String(in.readAllBytes(), UTF_8).lines().toList(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Synonyms of(List<String> lines, TextAnalysis text) {
    Map<String, Set<String>> groups = new HashMap<>();
    for (String line : lines) {
      if (!line.isBlank() && !line.startsWith("#")) {
        List<String> phrases = Arrays.stream(line.split(",", -1)).map(String::strip).toList();
        // A word may stand in several groups; it then means all of them.
        phrases.forEach(
            phrase ->
                groups
                    .computeIfAbsent(Piece.key(Piece.of(phrase, text)), _ -> new LinkedHashSet<>())
                    .addAll(phrases));
      }
    }
    return new Synonyms(groups);
  }

  /** What means the same as these pieces together; nothing when they are in no group. */
  Set<String> of(List<Piece> phrase) {
    return groups.getOrDefault(Piece.key(phrase), Set.of());
  }
}
