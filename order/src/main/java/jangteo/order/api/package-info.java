/** REST, as the design's section 4 has it. */
package jangteo.order.api;
