/**
 * The real servers of the shop (MariaDB, Redis, Kafka, MongoDB, Envoy), each as a {@link
 * jangteo.local.servers.Program} to run without containers: where its binary comes from, how its
 * data folder is prepared, when it is ready, how it ends.
 */
@NullMarked
package jangteo.local.servers;

import org.jspecify.annotations.NullMarked;
