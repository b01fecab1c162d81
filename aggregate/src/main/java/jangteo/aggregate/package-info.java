/**
 * The sync worker: joins the changes of products, listings, members and reviews into one document
 * per product, which search reads.
 */
package jangteo.aggregate;
