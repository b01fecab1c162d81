/** OpenTelemetry: set-up, and the trace context that crosses HTTP, gRPC, Kafka and the outbox. */
package jangteo.chassis.telemetry;
