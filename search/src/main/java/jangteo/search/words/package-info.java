/** From what somebody typed to what is asked of a product's terms, and back into its text. */
package jangteo.search.words;
