package jangteo.order.saga;

import static jangteo.order.domain.OrderStatus.CANCELLED;
import static jangteo.order.domain.OrderStatus.CONFIRMED;
import static jangteo.order.domain.OrderStatus.DELIVERED;
import static jangteo.order.domain.OrderStatus.PLACED;
import static jangteo.order.domain.OrderStatus.REJECTED;
import static jangteo.order.domain.OrderStatus.RETURNED;
import static jangteo.order.domain.OrderStatus.SHIPPED;
import static jangteo.order.saga.Orders.BUYER;
import static jangteo.order.saga.Orders.OTHER_SELLER;
import static jangteo.order.saga.Orders.SELLER;
import static jangteo.order.saga.Story.given;
import static org.assertj.core.api.Assertions.assertThat;

import jangteo.order.domain.Fulfilment;
import jangteo.order.domain.GoodsStatus;
import jangteo.order.domain.HistoryStep;
import jangteo.order.domain.PaymentStatus;
import jangteo.order.saga.SagaEvent.CaptureFailed;
import jangteo.order.saga.SagaEvent.DeadlinePassed;
import jangteo.order.saga.SagaEvent.PaymentAccepted;
import jangteo.order.saga.SagaEvent.PaymentCaptured;
import jangteo.order.saga.SagaEvent.PaymentExpired;
import jangteo.order.saga.SagaEvent.PaymentRefunded;
import jangteo.order.saga.SagaEvent.PaymentRejected;
import jangteo.order.saga.SagaEvent.PaymentVoided;
import jangteo.order.saga.SagaEvent.Resumed;
import jangteo.order.saga.SagaEvent.StockAccepted;
import jangteo.order.saga.SagaEvent.StockCommitted;
import jangteo.order.saga.SagaEvent.StockExpired;
import jangteo.order.saga.SagaEvent.StockRejected;
import jangteo.order.saga.SagaEvent.StockReleased;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The table of design section 7, row by row. */
class SagaTest {

  @Nested
  class Placing {
    @Test
    void isRecordedWithADeadlineCountedFromTheRecording() {
      var story = given().placed();

      story.expect(PLACED, "").announcedAs(1).answered();
      assertThat(story.order().deadline()).isEqualTo(story.now().plus(Story.PATIENCE));
    }

    @Test
    void theSameRequestAgainGetsTheRecordedOrder() {
      given().placed().confirmed().placed().expect(CONFIRMED, "").announcedAs(2).answered();
    }

    @Test
    void anotherRequestUnderTheSameKeyIsRefused() {
      given().placed().placedOtherwise().expect(PLACED, "").refused(Refusal.IDEMPOTENCY_KEY_REUSED);
    }
  }

  @Nested
  class Deciding {
    @Test
    void bothAcceptConfirmsInEitherOrder() {
      given()
          .placed()
          .when(new StockAccepted())
          .expectSilence()
          .when(new PaymentAccepted())
          .expect(CONFIRMED, "")
          .announcedAs(2);
      given()
          .placed()
          .when(new PaymentAccepted())
          .expectSilence()
          .when(new StockAccepted())
          .expect(CONFIRMED, "")
          .announcedAs(2);
    }

    @Test
    void oneAcceptanceTwiceIsNotBoth() {
      given()
          .placed()
          .when(new StockAccepted())
          .when(new StockAccepted())
          .expectSilence()
          .expect(PLACED, "");
    }

    @Test
    void stockRejectsWithItsReasonWhateverPaymentSays() {
      given()
          .placed()
          .when(new PaymentAccepted())
          .when(new StockRejected("OUT_OF_STOCK"))
          .expect(REJECTED, "OUT_OF_STOCK")
          .announcedAs(2);
    }

    @Test
    void paymentRejectsWithItsReasonWhateverStockSays() {
      given()
          .placed()
          .when(new StockAccepted())
          .when(new PaymentRejected("PAYMENT_DECLINED"))
          .expect(REJECTED, "PAYMENT_DECLINED")
          .announcedAs(2);
    }

    @Test
    void theDecisionNeverChanges() {
      given()
          .placed()
          .when(new StockRejected("OUT_OF_STOCK"))
          .when(new StockAccepted())
          .when(new PaymentAccepted())
          .expect(REJECTED, "OUT_OF_STOCK");
    }
  }

  @Nested
  class TheDeadline {
    @Test
    void silenceOfBothIsATimeout() {
      given().placed().atTheDeadline().expect(CANCELLED, "TIMEOUT").announcedAs(2);
    }

    @Test
    void silenceOfPaymentIsAPaymentTimeout() {
      given()
          .placed()
          .when(new StockAccepted())
          .atTheDeadline()
          .expect(CANCELLED, "PAYMENT_TIMEOUT");
    }

    @Test
    void silenceOfItemIsAStockTimeout() {
      given()
          .placed()
          .when(new PaymentAccepted())
          .atTheDeadline()
          .expect(CANCELLED, "STOCK_TIMEOUT");
    }

    @Test
    void expiredIsSilence() {
      given()
          .placed()
          .when(new StockExpired())
          .when(new PaymentExpired())
          .expectSilence()
          .atTheDeadline()
          .expect(CANCELLED, "TIMEOUT");
    }

    @Test
    void aDecisionThatComesLateSaysThatNobodyWasThere() {
      Story late =
          given()
              .placed()
              .when(new Resumed("STANDSTILL"))
              .expectSilence()
              .when(new Resumed("STANDSTILL"))
              .atTheDeadline()
              .expect(CANCELLED, "TIMEOUT")
              .when(new Resumed("ASSIGNED"))
              .expectSilence();
      assertThat(late.order().history().stream().filter(HistoryStep::isResumedLate)).hasSize(1);
    }

    @Test
    void aTickBeforeItChangesNothing() {
      given().placed().when(new DeadlinePassed()).expectSilence().expect(PLACED, "");
    }

    @Test
    void aDecidedOrderHasNone() {
      given().placed().confirmed().atTheDeadline().expectSilence().expect(CONFIRMED, "");
    }

    @Test
    void anAcceptanceThatIsReadBeforeTheTickStillCounts() {
      given()
          .placed()
          .when(new StockAccepted())
          .after(Story.PATIENCE.plusMillis(50))
          .when(new PaymentAccepted())
          .expect(CONFIRMED, "");
    }

    @Test
    void aLateAcceptanceIsAnsweredWithTheDecisionAgain() {
      var story =
          given().placed().atTheDeadline().after(Duration.ofMinutes(3)).when(new PaymentAccepted());

      story.expect(CANCELLED, "TIMEOUT").announcedAs(2);
      story.when(new PaymentAccepted()).expect(CANCELLED, "TIMEOUT").announcedAs(2);
      assertThat(story.order().payment()).isEqualTo(PaymentStatus.AUTHORIZED);
      assertThat(story.order().history()).hasSize(3);
    }
  }

  @Nested
  class Settling {
    @Test
    void commitAndCaptureAreAnnouncedOnceTogether() {
      var story = given().placed().confirmed();

      story.when(new StockCommitted()).expectSilence();
      story.when(new PaymentCaptured()).expect(CONFIRMED, "").announcedAs(3);
      story.when(new PaymentCaptured()).when(new StockCommitted()).expectSilence();
      assertThat(story.order().payment()).isEqualTo(PaymentStatus.CAPTURED);
      assertThat(story.order().goods()).isEqualTo(GoodsStatus.COMMITTED);
    }

    @Test
    void aCaptureThatFailsForGoodCancels() {
      given()
          .placed()
          .confirmed()
          .when(new StockCommitted())
          .when(new CaptureFailed("PROVIDER_REFUSED"))
          .expect(CANCELLED, "CAPTURE_FAILED")
          .announcedAs(3);
    }

    @Test
    void aFailureAfterTheCaptureIsNotBelieved() {
      given()
          .placed()
          .settled()
          .when(new CaptureFailed("PROVIDER_REFUSED"))
          .expectSilence()
          .expect(CONFIRMED, "");
    }

    @Test
    void whatComesBackIsAnnouncedOnceEach() {
      var story = given().placed().confirmed().cancelledBy(BUYER);

      story.when(new StockReleased()).expect(CANCELLED, "BY_BUYER").announcedAs(4);
      story.when(new PaymentVoided()).expect(CANCELLED, "BY_BUYER").announcedAs(5);
      story.when(new StockReleased()).when(new PaymentVoided()).expectSilence();
    }

    @Test
    void aCaptureThatCrossesTheCancelIsAnsweredWithTheDecision() {
      given()
          .placed()
          .confirmed()
          .cancelledBy(BUYER)
          .when(new PaymentCaptured())
          .expect(CANCELLED, "BY_BUYER")
          .announcedAs(3)
          .when(new PaymentRefunded(""))
          .announcedAs(4);
    }
  }

  @Nested
  class Cancelling {
    @Test
    void isPossibleWhilePlacedAndWhileConfirmed() {
      given().placed().cancelledBy(BUYER).expect(CANCELLED, "BY_BUYER").answered();
      given().placed().settled().cancelledBy(BUYER).expect(CANCELLED, "BY_BUYER").answered();
    }

    @Test
    void repeatedIsCarriedOutAgain() {
      given()
          .placed()
          .cancelledBy(BUYER)
          .cancelledBy(BUYER)
          .expect(CANCELLED, "BY_BUYER")
          .announcedAs(2)
          .answered();
    }

    @Test
    void isRefusedOnceALineHasLeft() {
      given()
          .placedWithTwoSellers()
          .settled()
          .shippedBy(SELLER)
          .cancelledBy(BUYER)
          .expect(CONFIRMED, "")
          .refused(Refusal.ALREADY_SHIPPED);
    }

    @Test
    void isRefusedWhenTheOrderEndedOtherwise() {
      given().placed().atTheDeadline().cancelledBy(BUYER).refused(Refusal.NOT_CANCELLABLE);
    }

    @Test
    void anothersOrderIsUnknown() {
      given().placed().cancelledBy(8).expect(PLACED, "").refused(Refusal.UNKNOWN_ORDER);
      given().cancelledBy(BUYER).refused(Refusal.UNKNOWN_ORDER);
    }
  }

  @Nested
  class Fulfilling {
    @Test
    void nothingLeavesBeforeGoodsAndMoneyAreSettled() {
      given()
          .placed()
          .confirmed()
          .when(new StockCommitted())
          .shippedBy(SELLER)
          .refused(Refusal.NOT_SETTLED);
    }

    @Test
    void theOrderFollowsItsSlowestLine() {
      var story = given().placedWithTwoSellers().settled();

      story.shippedBy(SELLER).expect(CONFIRMED, "").answered();
      story.deliveredBy(SELLER).expect(CONFIRMED, "").answered();
      story.deliveredBy(OTHER_SELLER).refused(Refusal.NOT_SHIPPED);
      story.shippedBy(OTHER_SELLER).expect(SHIPPED, "").answered();
      story.deliveredBy(OTHER_SELLER).expect(DELIVERED, "").answered();
    }

    @Test
    void repeatedChangesNothing() {
      given()
          .placed()
          .settled()
          .shippedBy(SELLER)
          .shippedBy(SELLER)
          .expect(SHIPPED, "")
          .announcedAs(4)
          .answered();
    }

    @Test
    void aStrangerToTheOrderCannotShipIt() {
      given().placed().settled().shippedBy(OTHER_SELLER).refused(Refusal.UNKNOWN_ORDER);
    }

    @Test
    void anEndedOrderDoesNotLeave() {
      given().placed().atTheDeadline().shippedBy(SELLER).refused(Refusal.NOT_SHIPPABLE);
    }
  }

  @Nested
  class Returning {
    @Test
    void everythingGoesBackAfterDelivery() {
      var story = given().placed().settled().shippedBy(SELLER).deliveredBy(SELLER);

      story.returnedBy(BUYER).expect(RETURNED, "").announcedAs(6).answered();
      assertThat(story.order().purchase().all(Fulfilment.RETURNED)).isTrue();
      story.when(new StockReleased()).announcedAs(7);
      story.when(new PaymentRefunded("")).announcedAs(8);
      story.returnedBy(BUYER).expect(RETURNED, "").announcedAs(8).answered();
    }

    @Test
    void eachPartThatIsGivenBackIsToldOnceAndThenTheRest() {
      var story = given().placed().settled();
      story.when(new PaymentRefunded("100 KRW, refund a")).announcedAs(4);
      story.when(new PaymentRefunded("200 KRW, refund b")).announcedAs(5);
      story.when(new PaymentRefunded("100 KRW, refund a")).expectSilence();
      story.cancelledBy(BUYER).announcedAs(6).when(new PaymentRefunded("")).announcedAs(7);

      assertThat(story.order().history())
          .filteredOn(step -> step.step().equals("REFUND"))
          .extracting(HistoryStep::reason)
          .containsExactly("100 KRW, refund a", "200 KRW, refund b", "");
    }

    @Test
    void anOrderThatPartsAreGivenBackOfWithoutEndStillFitsIntoARecord() {
      var story = given().placed().settled();
      for (int i = 0; i < 1_000; i++) {
        story.when(new PaymentRefunded("1 KRW, refund " + i));
      }
      assertThat(story.order().history()).hasSizeLessThan(300);
      story.cancelledBy(BUYER).when(new PaymentRefunded("")).expect(CANCELLED, "BY_BUYER");
      assertThat(story.order().payment()).isEqualTo(PaymentStatus.REFUNDED);
    }

    @Test
    void isRefusedBefore() {
      given().placed().settled().shippedBy(SELLER).returnedBy(BUYER).refused(Refusal.NOT_DELIVERED);
    }
  }

  @Test
  void theHistoryTellsWhoDidWhatInOneTrace() {
    var history = given().placed().settled().order().history();

    assertThat(history)
        .extracting(HistoryStep::service, HistoryStep::step, HistoryStep::outcome)
        .extracting(Object::toString)
        .containsExactly(
            "(\"order\", \"PLACE\", \"PLACED\")",
            "(\"item\", \"RESERVE\", \"ACCEPTED\")",
            "(\"payment\", \"AUTHORIZE\", \"ACCEPTED\")",
            "(\"order\", \"DECIDE\", \"CONFIRMED\")",
            "(\"item\", \"COMMIT\", \"COMMITTED\")",
            "(\"payment\", \"CAPTURE\", \"CAPTURED\")");
    assertThat(history).allMatch(step -> step.traceId().equals("4bf92f3577b34da6a3ce929d0e0e4736"));
  }
}
