/**
 * Runs the audit: reads the facts of all stores side by side, in the order of their ids, and looks
 * again at what seemed wrong. Why this way: docs/adr.
 */
package jangteo.order.audit.runner;
