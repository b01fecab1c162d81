/** What comes in from Kafka. */
package jangteo.aggregate.events;
