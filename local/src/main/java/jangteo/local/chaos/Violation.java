package jangteo.local.chaos;

/**
 * Something that must never be.
 *
 * @param rule what was broken, in a few words
 * @param id whose: an order, a product, a buyer, an idempotency key, a fault
 * @param what how it is, and how it should be
 */
record Violation(String rule, String id, String what) {}
