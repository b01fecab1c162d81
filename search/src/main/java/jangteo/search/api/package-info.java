/** REST and gRPC in. */
package jangteo.search.api;
