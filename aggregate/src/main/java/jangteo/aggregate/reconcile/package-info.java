/** Holding the read model against what the catalogue's owner has, and mending it. */
package jangteo.aggregate.reconcile;
