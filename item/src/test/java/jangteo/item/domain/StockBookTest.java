package jangteo.item.domain;

import static jangteo.item.domain.Orders.DEADLINE;
import static jangteo.item.domain.Orders.NOON;
import static jangteo.item.domain.Orders.PRICE;
import static jangteo.item.domain.Orders.commit;
import static jangteo.item.domain.Orders.line;
import static jangteo.item.domain.Orders.listing;
import static jangteo.item.domain.Orders.release;
import static jangteo.item.domain.Orders.reserve;
import static org.assertj.core.api.Assertions.assertThat;

import jangteo.item.domain.Outcome.Accepted;
import jangteo.item.domain.Outcome.Committed;
import jangteo.item.domain.Outcome.Expired;
import jangteo.item.domain.Outcome.Reason;
import jangteo.item.domain.Outcome.Rejected;
import jangteo.item.domain.Outcome.Released;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StockBookTest {

  private static final long A = 1;
  private static final long B = 2;

  private final UUID order = new UUID(0, 1);
  private final UUID another = new UUID(0, 2);

  private StockBook book(Listing... listings) {
    return at(NOON, listings);
  }

  private StockBook at(Instant now, Listing... listings) {
    return new StockBook(List.of(listings), List.of(), now);
  }

  private static Outcome take(StockBook book, StepRequest request) {
    return book.take(request).orElseThrow().outcome();
  }

  private static Stock stock(StockBook book, long listingId) {
    return book.changed().stream()
        .filter(listing -> listing.id() == listingId)
        .findFirst()
        .orElseThrow()
        .stock();
  }

  @Nested
  class Reserve {

    @Test
    void holdsAllLinesOfAnOrder() {
      StockBook book = book(listing(A, 5), listing(B, 2));

      assertThat(take(book, reserve(order, line(A, 3), line(B, 2))))
          .isEqualTo(new Accepted(Map.of(A, 3L, B, 2L)));
      assertThat(stock(book, A)).isEqualTo(new Stock(5, 3, 0, 5, 0, 0));
      assertThat(stock(book, B)).isEqualTo(new Stock(2, 2, 0, 2, 0, 0));
    }

    @Test
    void holdsNoLineWhenOneIsShort() {
      StockBook book = book(listing(A, 5), listing(B, 2));

      assertThat(take(book, reserve(order, line(A, 3), line(B, 3))))
          .isEqualTo(new Rejected(Reason.OUT_OF_STOCK, B));
      assertThat(book.changed()).isEmpty();
    }

    @Test
    void sumsTheLinesOfOneListingBeforeItLooksAtTheStock() {
      assertThat(take(book(listing(A, 5)), reserve(order, line(A, 3), line(A, 3))))
          .isEqualTo(new Rejected(Reason.OUT_OF_STOCK, A));
      assertThat(take(book(listing(A, 6)), reserve(order, line(A, 3), line(A, 3))))
          .isEqualTo(new Accepted(Map.of(A, 6L)));
    }

    @Test
    void givesTheLastPieceOnce() {
      StockBook book = book(listing(A, 1));

      assertThat(take(book, reserve(order, line(A, 1)))).isInstanceOf(Accepted.class);
      assertThat(take(book, reserve(another, line(A, 1))))
          .isEqualTo(new Rejected(Reason.OUT_OF_STOCK, A));
    }

    @Test
    void refusesAnotherPriceThanTheBuyerSaw() {
      var dearer = new StepRequest.Line(A, 1, new Price(PRICE.amount() - 1, PRICE.currency()));

      assertThat(take(book(listing(A, 5)), reserve(order, dearer)))
          .isEqualTo(new Rejected(Reason.PRICE_CHANGED, A));
    }

    @Test
    void refusesWhatIsNotOnSaleOrNotThere() {
      StockBook book = book(listing(A, 5, ListingStatus.PAUSED));

      assertThat(take(book, reserve(order, line(A, 1))))
          .isEqualTo(new Rejected(Reason.NOT_ON_SALE, A));
      assertThat(take(book, reserve(another, line(B, 1))))
          .isEqualTo(new Rejected(Reason.NOT_ON_SALE, B));
    }

    @Test
    void toleratesClocksTwoSecondsApart() {
      assertThat(take(at(DEADLINE.plusSeconds(2), listing(A, 5)), reserve(order, line(A, 1))))
          .isInstanceOf(Accepted.class);
    }

    @Test
    void touchesNothingAfterTheDeadline() {
      StockBook book = at(DEADLINE.plusSeconds(2).plusNanos(1), listing(A, 5));

      assertThat(take(book, reserve(order, line(A, 1)))).isEqualTo(new Expired());
      assertThat(book.changed()).isEmpty();
    }

    @Test
    void touchesNothingAfterARelease() {
      StockBook book = book(listing(A, 5));
      assertThat(take(book, release(order, line(A, 1)))).isEqualTo(new Released());

      assertThat(take(book, reserve(order, line(A, 1)))).isEqualTo(new Expired());
      assertThat(book.changed()).isEmpty();
    }
  }

  @Nested
  class AfterReserve {

    @Test
    void commitSellsWhatIsHeld() {
      StockBook book = book(listing(A, 5));
      take(book, reserve(order, line(A, 3)));

      assertThat(take(book, commit(order, line(A, 3)))).isEqualTo(new Committed());
      assertThat(stock(book, A)).isEqualTo(new Stock(2, 0, 3, 5, 0, 0));
    }

    @Test
    void releaseLetsGoOfWhatIsHeld() {
      StockBook book = book(listing(A, 5));
      take(book, reserve(order, line(A, 3)));

      assertThat(take(book, release(order, line(A, 3)))).isEqualTo(new Released());
      assertThat(stock(book, A)).isEqualTo(new Stock(5, 0, 0, 5, 0, 0));
    }

    @Test
    void releaseAfterCommitRestocks() {
      StockBook book = book(listing(A, 5));
      take(book, reserve(order, line(A, 3)));
      take(book, commit(order, line(A, 3)));

      assertThat(take(book, release(order, line(A, 3)))).isEqualTo(new Released());
      assertThat(stock(book, A)).isEqualTo(new Stock(5, 0, 3, 5, 0, 3));
    }

    @Test
    void releaseOfARejectedOrderMovesNothing() {
      StockBook book = book(listing(A, 1));
      take(book, reserve(order, line(A, 3)));

      assertThat(take(book, release(order, line(A, 3)))).isEqualTo(new Released());
      assertThat(book.changed()).isEmpty();
    }

    @Test
    void commitOfWhatWasNeverHeldHasNoAnswer() {
      StockBook book = book(listing(A, 5));

      assertThat(book.take(commit(order, line(A, 3)))).isEmpty();
      assertThat(book.taken()).isEmpty();
    }

    @Test
    void commitAfterReleaseHasNoAnswer() {
      StockBook book = book(listing(A, 5));
      take(book, reserve(order, line(A, 3)));
      take(book, release(order, line(A, 3)));

      assertThat(book.take(commit(order, line(A, 3)))).isEmpty();
      assertThat(stock(book, A).reserved()).isZero();
    }
  }

  @Nested
  class Repetition {

    @Test
    void getsTheRecordedAnswerAndMovesNothing() {
      StockBook first = book(listing(A, 5));
      RecordedStep answer = first.take(reserve(order, line(A, 3))).orElseThrow();

      var later = new StockBook(first.changed(), first.taken(), DEADLINE.plusSeconds(600));

      assertThat(later.take(reserve(order, line(A, 3)))).contains(answer);
      assertThat(later.changed()).isEmpty();
      assertThat(later.taken()).isEmpty();
    }

    @Test
    void withinABatchIsOneStep() {
      StockBook book = book(listing(A, 5));

      assertThat(book.take(reserve(order, line(A, 3))))
          .isEqualTo(book.take(reserve(order, line(A, 3))));
      assertThat(book.taken()).hasSize(1);
      assertThat(stock(book, A).reserved()).isEqualTo(3);
    }

    @Test
    void aBatchWritesOneChangePerListing() {
      StockBook book = book(listing(A, 5));
      take(book, reserve(order, line(A, 1)));
      take(book, reserve(another, line(A, 1)));
      take(book, commit(order, line(A, 1)));

      assertThat(book.changed()).singleElement().extracting(Listing::sequence).isEqualTo(2L);
      assertThat(book.taken()).hasSize(3);
    }
  }
}
