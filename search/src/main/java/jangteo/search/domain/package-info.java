/** Products as a buyer finds them, and what can be asked of them. */
package jangteo.search.domain;
