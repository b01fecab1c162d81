/** Payments, wallets and the ledger, and the rules that move them: no framework, no store. */
package jangteo.payment.domain;
