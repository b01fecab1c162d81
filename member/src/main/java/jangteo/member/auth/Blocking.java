package jangteo.member.auth;

import jangteo.chassis.data.Transaction;
import jangteo.chassis.events.Event;
import jangteo.chassis.events.Outbox;
import jangteo.chassis.security.TokenBlocks;
import jangteo.chassis.security.TokenCheck;
import jangteo.member.domain.TokenBlock;
import jangteo.member.events.MemberEvents;
import jangteo.member.store.BlockedTokens;
import jangteo.member.store.Sessions;
import jangteo.member.store.TokenBlocksTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blocks access tokens in the order of section 9 of the design: the block and its event are
 * committed in MySQL with what calls for them, then this instance, Redis and the topic know, then
 * the client is answered. The other instances know by Redis at once; all services know by the
 * event, also when this instance is killed in the next moment (docs/adr/0038).
 */
public final class Blocking {

  private static final Logger LOG = LoggerFactory.getLogger(Blocking.class);

  /** How long an answer waits for Kafka, which may be away. */
  private static final Duration TOLD_WITHIN = Duration.ofSeconds(1);

  private final Sessions sessions;
  private final TokenBlocksTable table;
  private final TokenBlocks memory;
  private final BlockedTokens blockedTokens;
  private final Outbox outbox;
  private final Duration tokenLife;
  private final Clock clock;

  /**
   * Wires it.
   *
   * @param tokenLife of an access token
   */
  public Blocking(
      Sessions sessions,
      TokenBlocksTable table,
      TokenBlocks memory,
      BlockedTokens blockedTokens,
      Outbox outbox,
      Duration tokenLife,
      Clock clock) {
    this.sessions = sessions;
    this.table = table;
    this.memory = memory;
    this.blockedTokens = blockedTokens;
    this.outbox = outbox;
    this.tokenLife = tokenLife;
    this.clock = clock;
  }

  /** Blocks these from the transaction's commit on. */
  void block(Transaction tx, List<? extends TokenBlock> blocks) {
    if (blocks.isEmpty()) {
      return;
    }
    List<jangteo.member.v1.TokenBlock> messages =
        blocks.stream().map(MemberEvents::message).toList();
    tx.afterCommit(() -> messages.forEach(memory::block)); // before the relay hears of them
    table.add(tx, blocks);
    blocks.forEach(block -> outbox.add(tx, MemberEvents.blocked(block)));
    outbox.add(
        tx,
        table.forgetExpired(tx, clock.instant()).stream()
            .map(MemberEvents::forgotten)
            .toArray(Event[]::new));
    tx.afterCommit(
        () -> {
          blockedTokens.put(blocks);
          if (!memory.awaitTold(messages, TOLD_WITHIN)) {
            LOG.warn("Kafka has not taken blocked tokens yet; other services learn of them later");
          }
        });
  }

  /**
   * Ends all sessions of a member whose row is locked, so that none begins or is refreshed
   * meanwhile: no token that it has works from the commit on, and every later one does.
   */
  void blockAll(Transaction tx, long memberId) {
    Instant now = clock.instant();
    sessions.revokeAll(tx, memberId, now);
    sessions
        .lastExpiry(tx, memberId, now)
        .ifPresent(
            last ->
                block(
                    tx, List.of(new TokenBlock.OfMember(memberId, afterNewest(last, now), last))));
  }

  /** The earliest {@code iat} of a token that is issued to a locked member. */
  Instant earliest(Transaction tx, long memberId) {
    return table.issuedBefore(tx, memberId).orElse(Instant.EPOCH);
  }

  /**
   * The first whole second after the newest token was issued, also when an instance whose clock is
   * ahead issued it; {@code iat} has no fractions.
   */
  private Instant afterNewest(Instant lastExpiry, Instant now) {
    Instant newest = lastExpiry.minus(tokenLife);
    Instant latest = now.plus(TokenCheck.CLOCK_SKEW);
    Instant known = newest.isAfter(latest) ? latest : newest;
    return (known.isAfter(now) ? known : now).truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
  }
}
