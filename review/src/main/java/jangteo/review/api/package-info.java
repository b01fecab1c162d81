/** REST in (docs/api/review.yaml). */
package jangteo.review.api;
