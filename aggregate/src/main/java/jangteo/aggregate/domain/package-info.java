/** What changes in the catalogue, and which of two changes counts. */
package jangteo.aggregate.domain;
