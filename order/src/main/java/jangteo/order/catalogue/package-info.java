/** What products cost: asked of search, and of item when search is away. */
package jangteo.order.catalogue;
