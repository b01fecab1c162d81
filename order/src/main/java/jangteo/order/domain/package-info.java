/** What an order is: records and rules that know no framework. */
package jangteo.order.domain;
