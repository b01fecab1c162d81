/** REST and gRPC in. */
@NullMarked
package jangteo.item.api;

import org.jspecify.annotations.NullMarked;
