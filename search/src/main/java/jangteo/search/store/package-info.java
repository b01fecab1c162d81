/** Reads the product documents (docs/adr/0008-one-product-document.md); it never writes. */
package jangteo.search.store;
