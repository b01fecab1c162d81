package jangteo.review.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StarCountsTest {

  @Test
  void theAverageIsRoundedHalfUpToTwoDecimals() {
    // 5 + 4 + 4 = 13 stars over 3
    assertThat(new StarCounts(7, 3, 0, 0, 0, 2, 1).average()).isEqualByComparingTo("4.33");
    // 1 + 7 * 2 = 15 over 8 = 1.875
    assertThat(new StarCounts(7, 8, 1, 7, 0, 0, 0).average()).isEqualByComparingTo("1.88");
  }

  @Test
  void withoutReviewsItIsZero() {
    assertThat(StarCounts.none(7).average()).isEqualByComparingTo("0");
    assertThat(StarCounts.none(7).count()).isZero();
  }
}
