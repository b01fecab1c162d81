/** The service's tables: each class owns its statements. */
@NullMarked
package jangteo.item.store;

import org.jspecify.annotations.NullMarked;
