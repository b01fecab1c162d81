/** What a review is, who may write one, and how stars are counted. Pure: no framework. */
package jangteo.review.domain;
