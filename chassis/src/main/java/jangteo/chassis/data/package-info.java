/**
 * A service's own stores: its MySQL schema through Helidon's database client, its MongoDB database,
 * and the idempotency keys of its writes.
 */
package jangteo.chassis.data;
