/** Payment's schema. */
package jangteo.payment.store;
