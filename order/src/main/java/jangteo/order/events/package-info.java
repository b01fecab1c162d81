/** Kafka in and out: messages, the follower of {@code orders}, the read models. */
package jangteo.order.events;
