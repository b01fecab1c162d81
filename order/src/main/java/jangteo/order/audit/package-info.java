/**
 * The audit's rules (design, section 7): facts in, findings out. Nothing here reads a store or a
 * clock; {@code runner} does.
 */
package jangteo.order.audit;
