/** Where things are sent: addresses stay with member and are asked for when a seller ships. */
package jangteo.order.shipping;
