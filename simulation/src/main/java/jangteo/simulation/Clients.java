package jangteo.simulation;

import static jangteo.simulation.Scheduler.SECOND;

import jangteo.item.domain.Listing;
import jangteo.item.domain.ListingStatus;
import jangteo.item.domain.Price;
import jangteo.order.domain.Fulfilment;
import jangteo.order.domain.GoodsStatus;
import jangteo.order.domain.Line;
import jangteo.order.domain.Money;
import jangteo.order.domain.Order;
import jangteo.order.domain.OrderIds;
import jangteo.order.domain.OrderStatus;
import jangteo.order.domain.PaymentChoice;
import jangteo.order.domain.PaymentMethod;
import jangteo.order.domain.Purchase;
import jangteo.order.saga.SagaEvent;
import jangteo.order.saga.SagaEvent.Cancel;
import jangteo.order.saga.SagaEvent.Deliver;
import jangteo.order.saga.SagaEvent.Place;
import jangteo.order.saga.SagaEvent.Return;
import jangteo.order.saga.SagaEvent.Ship;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Buyers and sellers: a few orders over a few listings, placed, placed again with the same key and
 * the same or another content, cancelled, shipped, delivered and returned, in good order and out of
 * turn, by those who may and by strangers.
 */
final class Clients {
  private static final long STRANGER = 99;
  private static final long WINDOW = 8 * SECOND;
  private static final List<String> TOKENS =
      List.of(
          CardProvider.OK,
          CardProvider.OK,
          CardProvider.OK,
          CardProvider.OK,
          CardProvider.DECLINED,
          CardProvider.SLOW,
          CardProvider.ERROR,
          CardProvider.CHARGED_UNHEARD,
          CardProvider.CAPTURE_REFUSED,
          CardProvider.CAPTURE_UNHEARD);

  private final World world;
  private final Set<String> seen = new HashSet<>();
  private final List<SagaEvent.Command> sent = new ArrayList<>();
  private int commands;

  Clients(World world) {
    this.world = world;
  }

  /** Every command that reached Kafka. */
  List<SagaEvent.Command> sent() {
    return sent;
  }

  void begin() {
    Chance chance = world.chance();
    int listings = 1 + chance.below(3);
    for (int id = 1; id <= listings; id++) {
      world
          .item()
          .tables()
          .add(
              Listing.open(
                  id,
                  id,
                  40 + id % 2,
                  new Listing.Terms(
                      new Price(1_000L * id, "KRW"),
                      1 + chance.below(9),
                      chance.oneIn(30) ? ListingStatus.PAUSED : ListingStatus.ON_SALE),
                  world.scheduler().clock(0)));
    }
    int members = 1 + chance.below(2);
    for (int member = 1; member <= members; member++) {
      world.payment().tables().deposit(member, 1_000L * chance.below(8));
    }
    int orders = 1 + chance.below(4);
    for (int i = 0; i < orders; i++) {
      order(i, 1 + chance.below(members), listings);
    }
    if (chance.oneIn(4)) {
      world.scheduler().after(chance.between(0, WINDOW), world.item()::tendedBySeller);
    }
  }

  private void order(int number, long member, int listings) {
    Chance chance = world.chance();
    UUID id = OrderIds.of(member, "key " + number);
    world.trace().name(id, String.valueOf((char) ('A' + number)));
    Purchase purchase = purchase(id, member, listings, "first");
    long start = chance.oneIn(2) ? 0 : chance.between(0, WINDOW);
    send(start, command -> new Place(command, purchase), id);
    while (chance.oneIn(4)) {
      send(start + chance.between(0, 2 * SECOND), c -> new Place(c, purchase), id);
    }
    if (chance.oneIn(6)) {
      Purchase other = purchase(id, member, listings, "other");
      send(start + chance.between(0, WINDOW), c -> new Place(c, other), id);
    }
    while (chance.oneIn(4)) {
      long by = chance.oneIn(8) ? STRANGER : member;
      send(start + chance.between(0, WINDOW), c -> new Cancel(c, "", by), id);
    }
    while (chance.oneIn(6)) {
      outOfTurn(id, member, start + chance.between(0, 2 * WINDOW));
    }
  }

  private void outOfTurn(UUID id, long member, long at) {
    long seller = 40L + world.chance().below(2);
    Function<String, SagaEvent.Command> command =
        switch (world.chance().below(3)) {
          case 0 -> c -> new Ship(c, "", seller);
          case 1 -> c -> new Deliver(c, "", seller);
          default -> c -> new Return(c, "", member);
        };
    send(at, command, id);
  }

  /** What people do when they see their order move on. */
  void saw(Order order) {
    String stage = order.status() + (order.goods() == GoodsStatus.COMMITTED ? " sold" : "");
    if (!seen.add(order.orderId() + stage) || world.chance().oneIn(4)) {
      return;
    }
    if (order.status() != OrderStatus.PLACED && world.chance().oneIn(8)) {
      world
          .scheduler()
          .after(world.chance().between(0, WINDOW), () -> world.payment().refundByHand(order));
    }
    UUID id = order.orderId();
    long soon = world.weather().delay(world.chance()) * 4;
    List<Long> sellers = order.purchase().lines().stream().map(Line::sellerId).distinct().toList();
    switch (order.status()) {
      case CONFIRMED -> sellers.forEach(s -> send(soon, c -> new Ship(c, "", s), id));
      case SHIPPED -> sellers.forEach(s -> send(soon, c -> new Deliver(c, "", s), id));
      case DELIVERED -> send(soon, c -> new Return(c, "", order.purchase().buyerId()), id);
      case PLACED, REJECTED, CANCELLED, RETURNED -> {}
    }
  }

  /** To Kafka, unless it gets lost on the way there; then the client has no answer either. */
  private void send(long in, Function<String, SagaEvent.Command> command, UUID order) {
    SagaEvent.Command said = command.apply("#" + ++commands);
    if (world.chance().oneIn(world.weather().failures())) {
      return;
    }
    world
        .scheduler()
        .after(
            in + world.weather().delay(world.chance()),
            () -> {
              sent.add(said);
              world.commands().append(order, said);
            });
  }

  private Purchase purchase(UUID id, long member, int listings, String content) {
    Chance chance = world.chance();
    List<Line> lines = new ArrayList<>();
    do {
      long listing = 1L + chance.below(listings);
      long price = chance.oneIn(40) ? 1 : 1_000 * listing;
      lines.add(
          new Line(
              listing,
              "product " + listing,
              listing,
              1,
              40 + listing % 2,
              1 + chance.below(2),
              new Money(price, "KRW"),
              Fulfilment.OPEN));
    } while (chance.oneIn(2) && lines.size() < 4);
    Money total =
        lines.stream()
            .map(line -> line.price().times(line.quantity()))
            .reduce(Money::plus)
            .orElseThrow();
    PaymentChoice payment =
        chance.oneIn(3)
            ? new PaymentChoice(PaymentMethod.WALLET, "")
            : new PaymentChoice(PaymentMethod.CARD, chance.pick(TOKENS));
    return new Purchase(id, member, lines, total, payment, 0, content, "");
  }
}
