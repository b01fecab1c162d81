/** What member tells the other services. */
package jangteo.member.events;
