package jangteo.review.api;

import jangteo.chassis.web.Validation;
import org.jspecify.annotations.Nullable;

/** The body of a report. */
record ReportBody(@Nullable String reason) {

  private static final int LONGEST = 500;

  /** The reason; 422 that names the field. */
  String validated() {
    Validation validation = new Validation();
    String text = validation.text("reason", reason, 1, LONGEST);
    validation.done();
    return text;
  }
}
