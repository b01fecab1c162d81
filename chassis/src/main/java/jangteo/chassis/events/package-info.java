/**
 * Events between the services (design, section 6): the outbox and its relay, publishing, consumers
 * with back-off and dead letters, and followers that keep a topic in memory.
 */
package jangteo.chassis.events;
