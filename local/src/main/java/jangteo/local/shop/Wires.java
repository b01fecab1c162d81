package jangteo.local.shop;

import jangteo.local.servers.Toxiproxy.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;

/**
 * How the parts reach each other: directly, or each caller by a proxy of its own for each port it
 * dials, so that one part can be cut off from all others while those still reach each other.
 */
public final class Wires {
  /** The proxies' own part. */
  public static final String PROXY = "toxiproxy";

  private static final List<String> BEHIND_THE_GATEWAY =
      List.of("member", "member.grpc", "item", "search", "order", "payment", "review", "aggregate");

  private final ShopPorts ports;
  private final Map<String, Wire> wires;
  private final int control;

  private Wires(ShopPorts ports, Map<String, Wire> wires, int control) {
    this.ports = ports;
    this.wires = wires;
    this.control = control;
  }

  /**
   * One caller's way to one port.
   *
   * @param from the part that dials
   * @param to the part that answers
   */
  public record Wire(String from, String to, Proxy proxy) {
    /** Whether the part is at either end. */
    public boolean touches(String part) {
      return from.equals(part) || to.equals(part);
    }
  }

  /** No proxies. */
  public static Wires direct(ShopPorts ports) {
    return new Wires(ports, Map.of(), 0);
  }

  /** A proxy on each wire, on ports that are free now. */
  public static Wires proxied(ShopPorts ports) {
    PrimitiveIterator.OfInt free = ports.spare();
    int control = free.nextInt();
    Map<String, Wire> wires = new LinkedHashMap<>();
    for (String[] way : ways()) {
      String name = name(way[0], way[1]);
      String to = way[1].split("\\.", 2)[0];
      // Kafka tells its clients where to go on: each has a listener of its own there.
      int upstream = to.equals("kafka") ? free.nextInt() : ports.of(way[1]);
      wires.put(name, new Wire(way[0], to, new Proxy(name, free.nextInt(), upstream)));
    }
    return new Wires(ports, wires, control);
  }

  /** Who dials which port (design, section 2). */
  private static List<String[]> ways() {
    List<String[]> ways = new ArrayList<>();
    for (ShopService service : ShopService.ALL) {
      String from = service.name();
      ways.add(new String[] {from, "kafka"});
      for (ShopService.Need need : service.needs()) {
        ways.add(new String[] {from, need.part()});
      }
      service.calls().forEach(callee -> ways.add(new String[] {from, callee + ".grpc"}));
      if (!from.equals("member")) {
        ways.add(new String[] {from, "member"}); // for its public keys
      }
    }
    for (String behind : BEHIND_THE_GATEWAY) {
      ways.add(new String[] {"gateway", behind});
    }
    return ways;
  }

  private static String name(String from, String port) {
    return from + "-" + port;
  }

  /** The port that a part dials to reach the port of that name. */
  public int port(String from, String to) {
    Wire wire = wires.get(name(from, to));
    return wire == null ? ports.of(to) : wire.proxy().listen();
  }

  /** Whether there are proxies. */
  public boolean areProxied() {
    return !wires.isEmpty();
  }

  /** Every proxied wire. */
  public List<Wire> all() {
    return List.copyOf(wires.values());
  }

  /** Where the proxies are steered. */
  public int control() {
    return control;
  }

  /** Kafka's listeners beside its own: the port it listens on, and the one it tells to clients. */
  Map<Integer, Integer> kafkaListeners() {
    Map<Integer, Integer> listeners = new LinkedHashMap<>();
    for (Wire wire : wires.values()) {
      if (wire.to().equals("kafka")) {
        listeners.put(wire.proxy().upstream(), wire.proxy().listen());
      }
    }
    return listeners;
  }
}
