/**
 * How Korean and English text becomes the terms that a store indexes and a query asks for: the one
 * rule for the writing and the reading side of a search.
 */
package jangteo.chassis.text;
