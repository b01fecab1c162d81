/** What member keeps: MySQL for what must last, Redis for what must be known at once. */
package jangteo.member.store;
