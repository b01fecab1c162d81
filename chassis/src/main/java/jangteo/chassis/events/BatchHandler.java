package jangteo.chassis.events;

import java.util.List;

/**
 * What a service does with all records of one poll, in their order; not empty. When a batch fails
 * for another reason than a passing one, it is done again record by record, so that one poisonous
 * record does not hold the others.
 */
@FunctionalInterface
public interface BatchHandler {

  /**
   * Returns when all records are done for good.
   *
   * @throws UnprocessableException when one of them can never be handled
   * @throws Exception any other failure: tried again
   */
  void handle(List<Record> records) throws Exception;
}
