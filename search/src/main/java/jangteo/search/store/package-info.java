/** Reads the product documents (docs/adr/0008); it never writes. */
package jangteo.search.store;
