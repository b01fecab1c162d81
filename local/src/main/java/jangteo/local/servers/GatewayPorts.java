package jangteo.local.servers;

/**
 * The ports of 127.0.0.1 that the gateway listens on and those that it calls.
 *
 * @param gateway where clients come in
 * @param admin Envoy's own administration
 * @param member member's REST
 * @param memberGrpc member's gRPC: the check for blocked tokens
 * @param item item's REST
 * @param search search's REST
 * @param order order's REST
 * @param payment payment's REST
 * @param review review's REST
 * @param aggregate aggregate's REST
 */
public record GatewayPorts(
    int gateway,
    int admin,
    int member,
    int memberGrpc,
    int item,
    int search,
    int order,
    int payment,
    int review,
    int aggregate) {}
