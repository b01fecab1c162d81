/** Orders in, answers to the saga out. */
package jangteo.payment.events;
