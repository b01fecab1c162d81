/** Payment's REST calls. */
package jangteo.payment.api;
