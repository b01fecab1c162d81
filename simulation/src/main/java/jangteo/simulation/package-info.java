/**
 * The protocol of an order under a seeded scheduler: the saga's transition table and the rules of
 * item and payment, as they ship, in a world that delays, repeats and reorders messages, crashes,
 * freezes and restarts services and sets their clocks wrong. One seed is one history; after each
 * the invariants of the design (section 7) are checked. What is driven and what is modelled stands
 * in {@code docs/saga.md}.
 */
@NullMarked
package jangteo.simulation;

import org.jspecify.annotations.NullMarked;
