package jangteo.order.saga.runner;

import io.opentelemetry.api.trace.SpanKind;
import jangteo.chassis.telemetry.Traces;
import jangteo.order.domain.Order;
import jangteo.order.events.OrderMessages;
import jangteo.order.saga.Effect;
import jangteo.order.saga.OrderState;
import jangteo.order.saga.Refusal;
import jangteo.order.saga.Saga;
import jangteo.order.saga.SagaEvent;
import jangteo.order.saga.Transition;
import jangteo.order.v1.CommandReply;
import jangteo.order.v1.OrderEvent;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * One partition of the saga: looks an order's state up, asks {@link Saga} what becomes of it, keeps
 * the answer and tells the world. A punctuator on the wall clock does the same for the orders whose
 * deadline has come, traffic or none.
 */
final class SagaProcessor implements Processor<String, Incoming, String, OrderEvent> {
  private final Saga saga;
  private final SagaSettings settings;
  private final InputGate.Inputs inputs;
  private final SagaMetrics metrics;
  private final ThreadLocal<CommitPace> paces;

  // Made by init, which runs again on the same instance when a task is revived.
  private ProcessorContext<String, OrderEvent> context;
  private OrderStores orders;
  private Deadlines deadlines;
  private InputGate gate;
  private Attendance attendance;
  private CommitPace pace;

  @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
  SagaProcessor(
      Saga saga,
      SagaSettings settings,
      InputGate.Inputs inputs,
      SagaMetrics metrics,
      ThreadLocal<CommitPace> paces) {
    this.saga = saga;
    this.paces = paces;
    this.settings = settings;
    this.inputs = inputs;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, OrderEvent> context) {
    this.context = context;
    orders = new OrderStores(context);
    deadlines = new Deadlines();
    orders.eachOpen(deadlines::watch);
    pace = paces.get(); // one for all tasks of the thread
    gate = new InputGate(inputs, context.taskId().partition(), pace::read);
    attendance = new Attendance(now());
    context.schedule(
        settings.commitInterval(),
        PunctuationType.WALL_CLOCK_TIME,
        at -> commitIfDue(Instant.ofEpochMilli(at)));
    context.schedule(
        SagaSettings.TICK, PunctuationType.WALL_CLOCK_TIME, at -> tick(Instant.ofEpochMilli(at)));
    context.schedule(
        SagaSettings.SWEEP_EVERY,
        PunctuationType.WALL_CLOCK_TIME,
        at ->
            orders.sweep(
                Instant.ofEpochMilli(at).minus(settings.keepDecided()), SagaSettings.SWEEP_BUDGET));
  }

  @Override
  public void process(Record<String, Incoming> record) {
    Instant now = now();
    Incoming incoming = record.value();
    OrderState before =
        orders
            .find(record.key())
            .or(() -> incoming.recalled().map(OrderState::of))
            .orElseGet(OrderState.NotPlaced::new);
    step(record.key(), before, incoming.event(), now, incoming.traceparent());
    context.recordMetadata().ifPresent(from -> gate.read(from.topic(), from.offset()));
    pace.read(Instant.ofEpochMilli(record.timestamp()), now);
    commitIfDue(now);
  }

  private void commitIfDue(Instant now) {
    if (pace.isDue(now)) {
      context.commit();
    }
  }

  private void tick(Instant now) {
    Instant heard = heard(now);
    attendance.tick(now, heard);
    long end = System.nanoTime() + SagaSettings.EXPIRIES_BUDGET.toNanos();
    int ended = 0;
    for (String orderId : deadlines.due(heard, SagaSettings.MOST_EXPIRIES)) {
      if (ended++ >= SagaSettings.LEAST_EXPIRIES && System.nanoTime() > end) {
        return;
      }
      OrderState before = orders.find(orderId).orElseThrow();
      step(orderId, before, new SagaEvent.DeadlinePassed(), now, Optional.empty());
    }
  }

  /** Up to when everything was heard that a deadline could hang on. */
  private Instant heard(Instant now) {
    Optional<Instant> next = deadlines.next();
    if (next.isEmpty() || next.get().isAfter(now)) {
      return now;
    }
    return next.get().isAfter(gate.heard()) ? gate.listen(now) : gate.heard();
  }

  private void step(
      String orderId,
      OrderState before,
      SagaEvent event,
      Instant now,
      Optional<String> traceparent) {
    Transition transition = saga.on(excused(before, now), event, now);
    OrderState after = transition.state();
    orders.keep(orderId, before, after);
    deadlines.follow(before, after);
    metrics.seen(before, after);
    if (!transition.effects().isEmpty()) {
      Traces.inSpan(
          "saga " + event.getClass().getSimpleName(),
          SpanKind.PRODUCER,
          traceparent.or(() -> ownTrace(after)),
          () -> transition.effects().forEach(effect -> tell(orderId, after, effect, now)));
    }
  }

  /** A decision that is late, because nobody was here to make it, says so. */
  private OrderState excused(OrderState state, Instant now) {
    return state instanceof OrderState.Placed(Order order)
        ? attendance
            .missed(order.deadline(), now)
            .map(why -> saga.on(state, new SagaEvent.Resumed(why.name()), now).state())
            .orElse(state)
        : state;
  }

  private void tell(String orderId, OrderState state, Effect effect, Instant now) {
    OrderEvent.Builder event =
        state instanceof OrderState.Known known
            ? OrderMessages.event(known.order())
            : OrderEvent.newBuilder()
                .setOrder(jangteo.order.v1.Order.newBuilder().setOrderId(orderId));
    if (effect instanceof Effect.Answer(String commandId, Optional<Refusal> refusal)) {
      event.setReply(
          CommandReply.newBuilder()
              .setCommandId(commandId)
              .setRefusal(refusal.map(Refusal::name).orElse("")));
    }
    context.forward(
        new Record<>(
            orderId,
            event.build(),
            now.toEpochMilli(),
            OutgoingHeaders.of(orderId, event.getOrder().getVersion(), now, Traces.traceparent())));
  }

  private static Optional<String> ownTrace(OrderState state) {
    return state instanceof OrderState.Known known
        ? Optional.of(known.order()).map(Order::purchase).map(p -> p.traceparent())
        : Optional.empty();
  }

  private Instant now() {
    return Instant.ofEpochMilli(context.currentSystemTimeMs());
  }
}
