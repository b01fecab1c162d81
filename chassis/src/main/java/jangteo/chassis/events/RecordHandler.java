package jangteo.chassis.events;

/** What a service does with one record. It may see a record again, so a repeat must be harmless. */
@FunctionalInterface
public interface RecordHandler {

  /**
   * Returns when the record is done for good.
   *
   * @throws UnprocessableException when it can never be handled
   * @throws Exception any other failure: tried again
   */
  void handle(Record record) throws Exception;
}
