/** Kafka in and out: the catalogue's changes, the steps of orders and their answers. */
@NullMarked
package jangteo.item.events;

import org.jspecify.annotations.NullMarked;
