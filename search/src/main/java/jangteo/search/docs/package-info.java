/** The shop's OpenAPI document and the page to browse it. */
package jangteo.search.docs;
