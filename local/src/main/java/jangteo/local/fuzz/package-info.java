/** A new shop that is asked what its OpenAPI document allows, and what it does not. */
@NullMarked
package jangteo.local.fuzz;

import org.jspecify.annotations.NullMarked;
