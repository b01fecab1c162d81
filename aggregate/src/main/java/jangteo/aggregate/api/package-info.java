/** What admins ask of the sync worker. */
package jangteo.aggregate.api;
