/**
 * Runs the saga on Kafka Streams: reads commands and replies, keeps the orders in a state store,
 * and watches their deadlines on the wall clock. Why this way, and why these figures:
 * docs/adr/0006-order-saga-on-the-processor-api-with-wall-clock-deadlines.md.
 */
package jangteo.order.saga.runner;
