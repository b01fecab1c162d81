/** Many products at once: the streamed import and export (docs/adr/0022). */
@NullMarked
package jangteo.item.api.bulk;

import org.jspecify.annotations.NullMarked;
