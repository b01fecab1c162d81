package jangteo.payment.store;

import jangteo.chassis.data.Row;
import jangteo.payment.domain.PaymentState;

/**
 * A payment's state as the columns {@code state}, {@code reference} and {@code reason}; what was
 * refunded has a column of its own.
 */
record StoredState(Name name, String reference, String reason) {

  /** The column {@code state}. */
  enum Name {
    REQUESTED,
    AUTHORIZED,
    REJECTED,
    EXPIRED,
    UNRESOLVED,
    CAPTURE_FAILED,
    CAPTURED,
    VOIDED,
    REFUNDED
  }

  static StoredState of(PaymentState state) {
    return switch (state) {
      case PaymentState.Requested _ -> new StoredState(Name.REQUESTED, "", "");
      case PaymentState.Authorized s -> new StoredState(Name.AUTHORIZED, s.reference(), "");
      case PaymentState.Rejected s -> new StoredState(Name.REJECTED, "", s.reason());
      case PaymentState.Expired _ -> new StoredState(Name.EXPIRED, "", "");
      case PaymentState.Unresolved _ -> new StoredState(Name.UNRESOLVED, "", "");
      case PaymentState.CaptureFailed s ->
          new StoredState(Name.CAPTURE_FAILED, s.reference(), s.reason());
      case PaymentState.Captured s -> new StoredState(Name.CAPTURED, s.reference(), "");
      case PaymentState.Voided _ -> new StoredState(Name.VOIDED, "", "");
      case PaymentState.Refunded s -> new StoredState(Name.REFUNDED, s.reference(), "");
    };
  }

  static PaymentState of(Row row) {
    String reference = row.text("reference");
    return switch (row.choice("state", Name.class)) {
      case REQUESTED -> new PaymentState.Requested();
      case AUTHORIZED -> new PaymentState.Authorized(reference);
      case REJECTED -> new PaymentState.Rejected(row.text("reason"));
      case EXPIRED -> new PaymentState.Expired();
      case UNRESOLVED -> new PaymentState.Unresolved();
      case CAPTURE_FAILED -> new PaymentState.CaptureFailed(reference, row.text("reason"));
      case CAPTURED -> new PaymentState.Captured(reference, row.whole("refunded"));
      case VOIDED -> new PaymentState.Voided();
      case REFUNDED -> new PaymentState.Refunded(reference);
    };
  }
}
