package jangteo.local.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WiresTest {
  private final ShopPorts ports = ShopPorts.standard();

  @Test
  void directlyEachPartDialsTheOther() {
    Wires wires = Wires.direct(ports);
    assertThat(wires.port("item", "mariadb")).isEqualTo(ports.of("mariadb"));
    assertThat(wires.areProxied()).isFalse();
    assertThat(wires.kafkaListeners()).isEmpty();
  }

  @Test
  void eachCallerHasAProxyOfItsOwnOnAPortOfItsOwn() {
    Wires wires = Wires.proxied(ports);
    List<Integer> listens = wires.all().stream().map(wire -> wire.proxy().listen()).toList();
    assertThat(listens).doesNotHaveDuplicates().doesNotContain(wires.control());
    assertThat(listens).doesNotContainAnyElementsOf(ports.all().values());
    assertThat(wires.port("item", "mariadb"))
        .isIn(listens)
        .isNotEqualTo(wires.port("payment", "mariadb"));
  }

  @Test
  void aPartIsCutOffByTheWiresAtBothItsEnds() {
    Set<String> touched =
        Wires.proxied(ports).all().stream()
            .filter(wire -> wire.touches("payment"))
            .map(wire -> wire.proxy().name())
            .collect(Collectors.toSet());
    assertThat(touched)
        .containsExactlyInAnyOrder(
            "payment-kafka",
            "payment-mariadb",
            "payment-member",
            "order-payment.grpc",
            "gateway-payment");
  }

  @Test
  void kafkaTellsEachOfItsClientsTheProxyOfThatClient() {
    Wires wires = Wires.proxied(ports);
    assertThat(wires.kafkaListeners())
        .hasSize(ShopService.ALL.size())
        .containsValue(wires.port("order", "kafka"))
        .doesNotContainKey(ports.of("kafka"));
  }
}
