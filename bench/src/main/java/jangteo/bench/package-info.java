/** Load on a running shop, and what became of it; figures, never assertions. */
package jangteo.bench;
