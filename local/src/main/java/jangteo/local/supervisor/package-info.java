/**
 * Keeps the parts running: starts them in order, starts again what crashes, answers the other
 * verbs.
 */
@NullMarked
package jangteo.local.supervisor;

import org.jspecify.annotations.NullMarked;
