/** The run behind {@code ./jangteo test}. */
@NullMarked
package jangteo.local.testing;

import org.jspecify.annotations.NullMarked;
