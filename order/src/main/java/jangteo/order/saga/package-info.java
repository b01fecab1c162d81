/**
 * The order saga: a pure function from state, event and time to state and effects (design, section
 * 7). {@link jangteo.order.saga.Saga} holds the transition table; nothing here knows a framework, a
 * clock or a store. The package {@code runner} beneath it runs the function on Kafka Streams.
 */
package jangteo.order.saga;
