package jangteo.chassis.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextAnalysisTest {

  private final TextAnalysis analysis = new TextAnalysis();

  @ParameterizedTest
  @CsvSource({
    "소니 무선 이어폰, 무선이어폰",
    "소니 무선이어폰, 무선 이어폰",
    "삼성 갤럭시 버즈, 갤럭",
    "삼성 갤럭시 버즈, 갤럭시버즈",
    "딸기를 담은 바구니, 딸기 바구니",
    "Running Shoes for Women, running shoe",
    "Women's Running Shoe, womens shoes",
    "Café crème, cafe creme",
    "ＳＯＮＹ 헤드폰, sony 헤드폰",
    "뿡빵삐리 인형, 뿡빵삐리",
    "Galaxy Buds 무선 이어폰, galaxy 이어폰",
    "여성용 운동화, 운동화"
  })
  void findsATextByWhatSomebodyTypes(String text, String query) {
    assertThat(finds(text, query)).as("%s finds %s", query, text).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"소니 무선 이어폰, 유선 이어폰", "Running Shoes, running socks", "갤럭시 버즈, 갤럭시 워치", "사과, '!!!'"})
  void doesNotFindWhatWasNotAskedFor(String text, String query) {
    assertThat(finds(text, query)).as("%s finds %s", query, text).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"이", "이어", "이엎", "이어ㅍ", "이어포", "이어폰", "무서", "무선이어폰", "무선 이어ㅍ", "son", "ㅁ"})
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
    String decomposed = java.text.Normalizer.normalize("이어폰", java.text.Normalizer.Form.NFD);
    assertThat(analysis.asked(decomposed)).isEqualTo(analysis.asked("이어폰"));
  }

  @Test
  void textWithoutWordsHasNoTerms() {
    assertThat(analysis.terms("  \u0000 🎧 !? ")).isEmpty();
    assertThat(analysis.beginning("🎧")).isEmpty();
  }

  private boolean finds(String text, String query) {
    var index = new java.util.HashSet<>(analysis.terms(text));
    index.addAll(analysis.pairs(text));
    TextAnalysis.Asked asked = analysis.asked(query);
    return (!asked.terms().isEmpty() && index.containsAll(asked.terms()))
        || (!asked.pairs().isEmpty() && index.containsAll(asked.pairs()));
  }
}
