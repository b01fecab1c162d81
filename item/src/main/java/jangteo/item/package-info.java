/**
 * The command side of the catalogue: products, listings, stock and reservations (DESIGN.md section
 * 2).
 */
@NullMarked
package jangteo.item;

import org.jspecify.annotations.NullMarked;
