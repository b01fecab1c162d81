package jangteo.item.api.bulk;

import com.fasterxml.jackson.annotation.JsonInclude;
import jangteo.chassis.web.FieldError;
import jangteo.item.domain.ImportLine.Result;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of a line of an import.
 *
 * @param line its number, from 1
 * @param status created, updated, unchanged or failed
 * @param errors what is wrong with a line that failed
 */
record LineResult(
    long line,
    String status,
    @Nullable String productId,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {

  static final String FAILED = "failed";

  static LineResult of(long line, Result result) {
    return switch (result) {
      case Result.Done done ->
          new LineResult(
              line,
              done.change().name().toLowerCase(Locale.ROOT),
              done.productId().map(String::valueOf).orElse(null),
              List.of());
      case Result.Failed failed ->
          failed(
              line,
              failed.faults().stream()
                  .map(fault -> new FieldError(fault.field(), fault.message()))
                  .toList());
    };
  }

  static LineResult failed(long line, List<FieldError> errors) {
    return new LineResult(line, FAILED, null, errors);
  }
}
