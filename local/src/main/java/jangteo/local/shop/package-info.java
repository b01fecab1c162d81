/** What the shop consists of, as data: its parts, their ports, what each needs. */
@NullMarked
package jangteo.local.shop;

import org.jspecify.annotations.NullMarked;
