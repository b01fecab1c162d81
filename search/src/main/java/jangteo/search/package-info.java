/** The query side of the catalogue: search, the product page, and what an order needs to know. */
package jangteo.search;
