/** The order service: takes orders and runs the saga. */
package jangteo.order;
