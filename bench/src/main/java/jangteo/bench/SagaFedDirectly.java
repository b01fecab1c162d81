package jangteo.bench;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import jangteo.order.v1.Fulfilment;
import jangteo.order.v1.Order;
import jangteo.order.v1.OrderCommand;
import jangteo.order.v1.OrderLine;
import jangteo.order.v1.OrderStatus;
import jangteo.order.v1.PaymentMethod;
import jangteo.order.v1.PaymentRequest;
import jangteo.order.v1.PlaceOrder;
import jangteo.type.v1.Money;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Orders written to {@code order-commands} without HTTP, as fast as is asked: what saga, stock and
 * payment can do by themselves.
 */
@Command(name = "saga", description = "Orders fed to the saga directly, without HTTP.")
final class SagaFedDirectly implements Callable<Integer> {
  @Mixin private Shop shop = new Shop();

  @Option(
      names = "--rate",
      defaultValue = "200",
      description = "Orders a second (${DEFAULT-VALUE}).")
  private double rate;

  @Option(names = "--orders", defaultValue = "5000", description = "How many (${DEFAULT-VALUE}).")
  private int orders;

  @Option(names = "--offers", defaultValue = "50", description = "Listings (${DEFAULT-VALUE}).")
  private int offers;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Marketplace marketplace = new Marketplace(shop.gateway);
    List<Marketplace.Offer> sold = marketplace.offers(offers);
    Marketplace.Buyer buyer = marketplace.buyers(1).getFirst();
    try (OrderLog log = OrderLog.from(shop.kafka, id -> id == buyer.memberId())) {
      Costs before = Costs.now(shop.state);
      Duration feeding = feed(sold, buyer);
      awaitAll(log);
      log.awaitQuiet(Duration.ofSeconds(60));
      Costs after = Costs.now(shop.state);
      System.out.printf(
          "%d orders fed in %.1f s (%.0f/s): %d recorded, %s, %d open%n",
          orders,
          feeding.toNanos() / 1e9,
          orders / (feeding.toNanos() / 1e9),
          log.size(),
          log.all().byStatus(),
          log.all().open());
      System.out.printf("recorded to decided: %s%n", log.all().took());
      System.out.printf("decided a second: %.1f%n", log.all().throughput());
      System.out.printf("an order costs:%n%s", after.perOrder(before, orders));
      return log.size() == orders && log.all().open() == 0 ? 0 : 1;
    }
  }

  private void awaitAll(OrderLog log) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    while (log.size() < orders && System.nanoTime() < end) {
      Thread.sleep(100);
    }
  }

  private Duration feed(List<Marketplace.Offer> sold, Marketplace.Buyer buyer) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", shop.kafka, "acks", "all", "linger.ms", 5);
    long begun = System.nanoTime();
    List<Future<RecordMetadata>> sent = new ArrayList<>(orders);
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < orders; i++) {
        long due = begun + (long) (i * 1e9 / rate);
        LockSupport.parkNanos(due - System.nanoTime());
        OrderCommand command = command(sold.get(i % sold.size()), buyer);
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    "order-commands", command.getOrderId(), command.toByteArray())));
      }
    }
    sent.forEach(Future::resultNow); // throws where one was not written
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private static OrderCommand command(Marketplace.Offer offer, Marketplace.Buyer buyer) {
    Money price = Money.newBuilder().setAmount(offer.price()).setCurrency("KRW").build();
    String orderId = UUID.randomUUID().toString();
    Instant now = Instant.now();
    return OrderCommand.newBuilder()
        .setOrderId(orderId)
        .setCommandId(UUID.randomUUID().toString())
        .setAt(Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()))
        .setPlace(
            PlaceOrder.newBuilder()
                .setRequestHash(ByteString.copyFrom(new byte[32]))
                .setOrder(
                    Order.newBuilder()
                        .setOrderId(orderId)
                        .setVersion(1)
                        .setStatus(OrderStatus.ORDER_STATUS_PLACED)
                        .setBuyerId(buyer.memberId())
                        .setTotal(price)
                        .setPaymentStatus("NONE")
                        .setGoodsStatus("NONE")
                        .setPayment(
                            PaymentRequest.newBuilder()
                                .setMethod(PaymentMethod.PAYMENT_METHOD_CARD)
                                .setToken("tok_ok"))
                        .addLines(
                            OrderLine.newBuilder()
                                .setProductId(offer.productId())
                                .setProductName(offer.name())
                                .setListingId(offer.listingId())
                                .setListingVersion(1)
                                .setSellerId(offer.sellerId())
                                .setQuantity(1)
                                .setPrice(price)
                                .setFulfilment(Fulfilment.FULFILMENT_OPEN))))
        .build();
  }
}
