/** Kafka in ({@code orders}, {@code members}) and out ({@code reviews}). */
package jangteo.review.events;
