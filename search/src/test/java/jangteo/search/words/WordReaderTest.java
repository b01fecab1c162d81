package jangteo.search.words;

import static org.assertj.core.api.Assertions.assertThat;

import jangteo.chassis.text.TextAnalysis;
import jangteo.search.domain.Highlights.Span;
import jangteo.search.domain.Matching;
import jangteo.search.domain.Word;
import jangteo.search.domain.Words;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked for by what somebody types, and where it stands in what was found. */
final class WordReaderTest {

  private static final TextAnalysis TEXT = new TextAnalysis();
  private static final WordReader READER = new WordReader(TEXT, Synonyms.load(TEXT));

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
    "여성용 운동화, 운동화",
    "소니 블루투스 이어폰, 블루투 스이어폰",
    "Stanley 텀블러, 스탠리 텀블러",
    "여행 가방, 여행용 가방",
    "소니 이어폰, 정말 이어폰",
    "소니 이어폰, 이어",
    "Acme smartwatch, smartwatches",
    "쿠쿠 전기 밥솥, 쿠쿠밥솥",
    "소니 블루투스 이어폰, 블 루 투 스 이 어 폰",
    "Sony 무선 이어폰, 소니 earbuds",
    "Innisfree Sun Cream, suncream",
    "Acme Fatcam, fat cam",
    "나이키 여성 반팔 티셔츠, 반팔티",
    "Men Shoes of Leather, leather shoes for men"
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
  @CsvSource({
    "소니 무선 이어폰, 무선이어폰, 소니 [무선] [이어폰]",
    "소니 무선이어폰 & <b>케이스</b>, 무선 이어폰, 소니 [무선이어폰] & <b>케이스</b>",
    "Sony Headphones, 소니 headphone, [Sony] [Headphones]",
    "삼성 갤럭시 버즈, 갤럭, 삼성 [갤럭]시 버즈",
    "커피 한 잔, coffee beans, 커피 한 잔",
    "Running Shoes for Women, running shoe, [Running] [Shoes] for Women"
  })
  void theWordsThatWereTypedAreMarked(String shown, String typed, String marked) {
    StringBuilder marks = new StringBuilder(shown);
    for (Span span :
        new Highlighter(new AnalysedTexts(TEXT), READER.readings(typed).getFirst())
            .spans(shown)
            .reversed()) {
      marks.insert(span.to(), ']').insert(span.from(), '[');
    }
    assertThat(marks).hasToString(marked);
  }

  @Test
  void theLastWordMayBeUnfinished() {
    assertThat(READER.readings("소니 headph"))
        .extracting(Words::matching)
        .containsExactly(Matching.EVERY_WORD, Matching.BEGINNING, Matching.ANY_WORD);
    assertThat(READER.readings("소니 headph").get(1).words().getLast().beginning())
        .isEqualTo("headph");
    assertThat(READER.readings("so")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"wf-1000xm5", "3fa85c2b", "81df65a6", "1b4e28ba-2fa1-11d2-883f-0016d3cca427"})
  void aCodeIsOneWordOfWhichHalfIsNothing(String code) {
    assertThat(READER.readings(code)).extracting(Words::matching).hasSize(1);
    assertThat(READER.readings("소니 " + code).getFirst().words()).hasSize(2);
  }

  private static boolean finds(String text, String query) {
    Set<String> index = new HashSet<>(TEXT.terms(text));
    index.addAll(TEXT.pairs(text));
    return READER.readings(query).stream()
        .filter(words -> words.matching().compareTo(Matching.MOST_WORDS) < 0)
        .filter(words -> !words.words().isEmpty())
        .anyMatch(words -> words.words().stream().allMatch(word -> finds(index, word)));
  }

  private static boolean finds(Set<String> index, Word word) {
    return word.spellings().stream().anyMatch(index::containsAll)
        || word.hangul().stream().anyMatch(form -> index.containsAll(form.pairs()));
  }
}
