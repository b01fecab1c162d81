/** The story of the shop, told through the gateway with a plain HTTP client. */
@NullMarked
package jangteo.local.story;

import org.jspecify.annotations.NullMarked;
