/** The service's MySQL schema; each table has one class that owns its statements. */
package jangteo.review.store;
