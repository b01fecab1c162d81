/** The read models in MongoDB. */
package jangteo.order.store;
