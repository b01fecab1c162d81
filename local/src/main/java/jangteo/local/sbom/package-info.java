/**
 * The bill of materials of what runs in a shop (CycloneDX): the libraries that Maven brings, the
 * servers that the launcher brings, the licences they come under, and what is known against them.
 */
@NullMarked
package jangteo.local.sbom;

import org.jspecify.annotations.NullMarked;
