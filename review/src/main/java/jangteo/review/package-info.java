/**
 * Reviews and ratings by verified buyers (design, sections 2 and 4). {@link jangteo.review.Main} is
 * the picture of the service.
 */
package jangteo.review;
