package jangteo.simulation;

import jangteo.payment.domain.Conclusion;
import jangteo.payment.domain.GivingBack;
import jangteo.payment.domain.Intent;
import jangteo.payment.domain.IntentBook;
import jangteo.payment.domain.JournalEntry;
import jangteo.payment.domain.Outcome;
import jangteo.payment.domain.Payment;
import jangteo.payment.domain.Refund;
import jangteo.payment.domain.Step;
import jangteo.payment.domain.Wallet;
import jangteo.payment.domain.WalletMove;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What payment's database keeps, and the statements on it that decide something. */
final class PaymentTables {
  private static final String CURRENCY = "KRW";

  /** A row of {@code intents}; times are microseconds of the clock of who wrote them. */
  static final class Row {
    Intent intent;
    long dueAt;
    long claimedUntil;

    Row(Intent intent, long now) {
      this.intent = intent;
      this.dueAt = now;
      this.claimedUntil = now;
    }

    boolean open() {
      return intent.outcome().isEmpty();
    }
  }

  /**
   * A row of the outbox.
   *
   * @param part the refund by hand that it tells of; empty for every other step
   */
  record Reply(UUID orderId, Outcome outcome, String reason, Optional<UUID> part) {
    Reply(UUID orderId, Outcome outcome, String reason) {
      this(orderId, outcome, reason, Optional.empty());
    }
  }

  private record Once(UUID paymentId, JournalEntry.Kind kind, Optional<UUID> refundId) {}

  private final Map<UUID, Payment> payments = new HashMap<>();
  private final Map<UUID, List<Row>> intents = new HashMap<>();
  private final Map<Long, Wallet> wallets = new HashMap<>();
  private final Map<Long, Long> deposits = new HashMap<>();
  private final List<Refund> refunds = new ArrayList<>();
  private final List<JournalEntry> journal = new ArrayList<>();
  private final Set<Once> entries = new HashSet<>();
  private final Deque<Reply> outbox = new ArrayDeque<>();

  Deque<Reply> outbox() {
    return outbox;
  }

  Optional<Payment> payment(UUID paymentId) {
    return Optional.ofNullable(payments.get(paymentId));
  }

  Collection<Payment> payments() {
    return payments.values();
  }

  List<Row> intents(UUID paymentId) {
    return intents.getOrDefault(paymentId, List.of());
  }

  Set<UUID> known(Collection<UUID> paymentIds) {
    Set<UUID> known = new HashSet<>(paymentIds);
    known.retainAll(payments.keySet());
    return known;
  }

  /** Stores what a batch came to; a second row for a step breaks the unique key. */
  void write(IntentBook book, long now) {
    book.newPayments().forEach(payment -> payments.putIfAbsent(payment.paymentId(), payment));
    for (Intent intent : book.newIntents()) {
      List<Row> rows = intents.computeIfAbsent(intent.paymentId(), id -> new ArrayList<>());
      InvariantBroken.unless(
          rows.stream().noneMatch(row -> row.intent.step() == intent.step()),
          "a step is written once per payment",
          intent);
      rows.add(new Row(intent, now));
    }
  }

  /** The first of a payment's open steps: the one that may be carried out now. */
  Optional<Row> next(UUID paymentId) {
    return intents(paymentId).stream()
        .filter(Row::open)
        .min(
            Comparator.comparing((Row row) -> row.intent.step())
                .thenComparingLong(row -> row.intent.intentId()));
  }

  Set<UUID> withIntents() {
    return intents.keySet();
  }

  boolean ending(UUID paymentId) {
    return intents(paymentId).stream().anyMatch(row -> row.open() && row.intent.step().endsOrder());
  }

  Wallet wallet(long memberId) {
    return wallets.getOrDefault(memberId, Wallet.empty(memberId, CURRENCY));
  }

  Collection<Wallet> wallets() {
    return wallets.values();
  }

  /** What a member's wallet began with. */
  long deposited(long memberId) {
    return deposits.getOrDefault(memberId, 0L);
  }

  void deposit(long memberId, long amount) {
    deposits.put(memberId, amount);
    wallets.put(memberId, wallet(memberId).deposit(amount));
  }

  /** Whether the wallet covered it. */
  boolean move(Payment payment, WalletMove move, long amount) {
    Optional<Wallet> after = wallet(payment.memberId()).after(move, amount);
    after.ifPresent(wallet -> wallets.put(wallet.memberId(), wallet));
    return after.isPresent();
  }

  void conclude(Row row, Payment payment, Conclusion conclusion) {
    conclusion.entry().ifPresent(this::enter);
    payments.put(payment.paymentId(), payment.in(conclusion.state()));
    row.intent = row.intent.done(conclusion.outcome(), conclusion.reason());
    if (conclusion.concernsOrder(row.intent.step())) {
      outbox.add(
          new Reply(
              payment.orderId().orElseThrow(),
              conclusion.outcome(),
              conclusion.reason(),
              row.intent.task().refundId()));
    }
  }

  private void enter(JournalEntry entry) {
    InvariantBroken.unless(
        entries.add(new Once(entry.paymentId(), entry.kind(), entry.refundId())),
        "each kind of entry once per payment",
        entry);
    journal.add(entry);
  }

  /** What the ledger has taken for an order and not given back, minor units. */
  long netCaptured(UUID orderId) {
    return journal.stream()
        .filter(entry -> entry.orderId().equals(Optional.of(orderId)))
        .mapToLong(
            entry ->
                switch (entry.kind()) {
                  case CAPTURE -> entry.moved().amount();
                  case REFUND -> -entry.moved().amount();
                  case DEPOSIT, HOLD, RELEASE -> 0;
                })
        .sum();
  }

  /** What of it went back by hand, minor units. */
  long refundedByHand(UUID orderId) {
    return journal.stream()
        .filter(entry -> entry.orderId().equals(Optional.of(orderId)))
        .filter(entry -> entry.refundId().isPresent())
        .mapToLong(entry -> entry.moved().amount())
        .sum();
  }

  /** As {@code Refunding} promises a refund under the lock of its payment. */
  void promise(Refund wanted, long intentId, long now) {
    Payment payment = payments.get(wanted.paymentId());
    if (payment == null) {
      return;
    }
    List<Refund> others = refunds.stream().map(this::withOutcome).toList();
    List<Refund> same =
        others.stream().filter(refund -> refund.paymentId().equals(wanted.paymentId())).toList();
    if (GivingBack.refusal(payment, wanted, same, ending(wanted.paymentId())).isEmpty()) {
      refunds.add(wanted);
      intents
          .computeIfAbsent(wanted.paymentId(), id -> new ArrayList<>())
          .add(
              new Row(
                  Intent.open(intentId, wanted.paymentId(), wanted.task(), Optional.empty()), now));
    }
  }

  private Refund withOutcome(Refund refund) {
    return intents(refund.paymentId()).stream()
        .map(row -> row.intent)
        .filter(intent -> intent.task().refundId().equals(Optional.of(refund.refundId())))
        .findFirst()
        .map(
            intent ->
                new Refund(
                    refund.refundId(),
                    refund.paymentId(),
                    refund.amount(),
                    refund.reason(),
                    refund.requestedBy(),
                    refund.createdAt(),
                    intent.outcome()))
        .orElse(refund);
  }

  List<JournalEntry> journal() {
    return journal;
  }

  Optional<Outcome> outcome(UUID paymentId, Step step) {
    return intents(paymentId).stream()
        .filter(row -> row.intent.step() == step)
        .findFirst()
        .flatMap(row -> row.intent.outcome());
  }
}
