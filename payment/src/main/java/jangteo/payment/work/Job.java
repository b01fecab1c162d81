package jangteo.payment.work;

import jangteo.payment.domain.Intent;
import jangteo.payment.domain.Payment;
import jangteo.payment.domain.ProviderAnswer;
import java.util.Optional;

/**
 * A claimed intent on its way.
 *
 * @param intent what is to be done
 * @param payment as it was when it was claimed
 * @param answer the provider's, when it had to be asked
 */
record Job(Intent intent, Payment payment, Optional<ProviderAnswer> answer) {

  Job answered(ProviderAnswer given) {
    return new Job(intent, payment, Optional.of(given));
  }
}
