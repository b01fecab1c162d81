/** Carries out what is to be done with payments: outside the consumer, outside transactions. */
package jangteo.payment.work;
