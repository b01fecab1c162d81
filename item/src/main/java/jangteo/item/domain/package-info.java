/**
 * The rules of the catalogue's command side: what a product and a listing are, and how stock moves
 * with orders. Pure; an ArchUnit test holds that.
 */
@NullMarked
package jangteo.item.domain;

import org.jspecify.annotations.NullMarked;
