package jangteo.aggregate.domain;

/**
 * A part of what the read model is made from: one partition of a topic.
 *
 * @param topic without the cluster's prefix
 */
public record Source(String topic, int partition) {}
