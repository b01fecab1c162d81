/** Adapters of the provider port. */
package jangteo.payment.provider;
