/** The local launcher: every part of the shop as a real process, without a cluster. */
@NullMarked
package jangteo.local;

import org.jspecify.annotations.NullMarked;
