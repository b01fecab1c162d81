package jangteo.chassis.text;

import static org.assertj.core.api.Assertions.assertThat;

import jangteo.chassis.text.TextAnalysis.Placed;
import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextAnalysisTest {

  private final TextAnalysis analysis = new TextAnalysis();

  @ParameterizedTest
  @CsvSource({
    "무선이어폰, 무선 이어폰",
    "Women's Running Shoes, women running shoe",
    "shoes for the women, shoe women",
    "for, for",
    "Café ＳＯＮＹ, cafe sony",
    "wf-1000xm5, wf 1000 xm 5"
  })
  void aQueryIsItsTellingWords(String query, String terms) {
    assertThat(analysis.asked(query).stream().map(Placed::term)).containsExactly(terms.split(" "));
  }

  @Test
  void neighboursAreWrittenAsOneToo() {
    assertThat(analysis.pairs("무선 이어폰")).containsExactly("_무선", "_선이", "_이어", "_어폰");
    assertThat(analysis.pairs("Sun Cream 50 ml")).containsExactly("suncream");
  }

  @Test
  void aTermKnowsWhereItStands() {
    String text = "Café ㎏ " + Normalizer.normalize("무선이어폰", Normalizer.Form.NFD) + " 🎧Pro";
    assertThat(analysis.placed(text))
        .extracting(placed -> placed.term() + "=" + shown(text, placed))
        .contains("cafe=Café", "kg=㎏", "이어폰=이어폰", "무선=무선", "pro=Pro");
    assertThat(analysis.standing("무선 이어-폰, 무선이어폰", "선이어폰"))
        .extracting(placed -> placed.from() + "-" + placed.to())
        .containsExactly("1-7", "10-14");
  }

  @ParameterizedTest
  @CsvSource({
    "이", "이어", "이엎", "이어ㅍ", "이어포", "이어폰", "무서", "무선이어폰", "무선잉", "무선 이어ㅍ", "son", "ㅁ", "ㅇㅇㅍ", "ㅁㅅㅇㅇ"
  })
  void anUnfinishedSyllableIsTheBeginningOfItsWord(String typed) {
    assertThat(analysis.beginnings("Sony 무선 이어폰"))
        .anyMatch(beginning -> beginning.startsWith(analysis.beginning(typed)));
  }

  @Test
  void aPartOfACompoundIsBegunAsWell() {
    assertThat(analysis.beginnings("무선이어폰"))
        .anyMatch(beginning -> beginning.startsWith(analysis.beginning("이어ㅍ")));
  }

  @Test
  void decomposedHangulIsTheSameText() {
    String decomposed = Normalizer.normalize("이어폰", Normalizer.Form.NFD);
    assertThat(analysis.terms(decomposed)).isEqualTo(analysis.terms("이어폰"));
  }

  @Test
  void textWithoutWordsHasNoTerms() {
    assertThat(analysis.terms("  \u0000 🎧 !? ")).isEmpty();
    assertThat(analysis.beginning("🎧")).isEmpty();
  }

  private static String shown(String text, Placed placed) {
    return Normalizer.normalize(text.substring(placed.from(), placed.to()), Normalizer.Form.NFC);
  }
}
