package jangteo.item.api.bulk;

import jangteo.chassis.web.FieldError;
import jangteo.item.domain.ImportLine;
import java.util.List;

/** A line as far as it is known without the store. */
sealed interface ReadLine {

  /** Its number, from 1. */
  long number();

  /** One that can be taken. */
  record Right(ImportLine line) implements ReadLine {
    @Override
    public long number() {
      return line.number();
    }
  }

  /** One that nobody can take. */
  record Wrong(long number, List<FieldError> errors) implements ReadLine {}
}
