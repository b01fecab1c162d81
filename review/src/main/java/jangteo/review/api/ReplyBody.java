package jangteo.review.api;

import jangteo.chassis.web.Validation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The body of a seller's reply; without a text it takes the reply away. */
record ReplyBody(@Nullable String text) {

  private static final int LONGEST = 2000;

  /** The reply; 422 that names the field. */
  Optional<String> validated() {
    Validation validation = new Validation();
    String reply = validation.text("text", text, 0, LONGEST);
    validation.done();
    return reply.isEmpty() ? Optional.empty() : Optional.of(reply);
  }
}
