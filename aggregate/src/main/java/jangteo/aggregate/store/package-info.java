/**
 * The product documents of MongoDB database {@code search}, and how changes become part of them
 * (docs/adr/0008).
 */
package jangteo.aggregate.store;
