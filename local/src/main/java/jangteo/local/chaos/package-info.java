/** Breaks a running shop on purpose while people buy, and checks what they saw. */
@NullMarked
package jangteo.local.chaos;

import org.jspecify.annotations.NullMarked;
