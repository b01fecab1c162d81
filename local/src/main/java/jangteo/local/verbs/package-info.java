/** The commands of {@code ./jangteo}, one class each. */
@NullMarked
package jangteo.local.verbs;

import org.jspecify.annotations.NullMarked;
