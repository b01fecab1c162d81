package jangteo.member.auth;

import jangteo.chassis.data.Database;
import jangteo.chassis.data.Transaction;
import jangteo.chassis.events.Event;
import jangteo.chassis.events.Outbox;
import jangteo.chassis.security.TokenBlocks;
import jangteo.member.domain.TokenBlock;
import jangteo.member.events.MemberEvents;
import jangteo.member.store.BlockedTokens;
import jangteo.member.store.Sessions;
import jangteo.member.store.TokenBlocksTable;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Blocks access tokens in the order of section 9 of the design: the block and its event are
 * committed in MySQL, then this instance and Redis know, then the client is answered. The other
 * instances know by Redis at once, and by the event soon.
 */
public final class Blocking {

  /**
   * What a piece of work came to.
   *
   * @param value its result
   * @param blocks tokens that stop working with its commit
   */
  record Outcome<T>(T value, List<? extends TokenBlock> blocks) {

    static <T> Outcome<T> of(T value) {
      return new Outcome<>(value, List.of());
    }
  }

  private final Database database;
  private final Sessions sessions;
  private final TokenBlocksTable table;
  private final TokenBlocks memory;
  private final BlockedTokens blockedTokens;
  private final Outbox outbox;
  private final Clock clock;

  /** Wires it. */
  public Blocking(
      Database database,
      Sessions sessions,
      TokenBlocksTable table,
      TokenBlocks memory,
      BlockedTokens blockedTokens,
      Outbox outbox,
      Clock clock) {
    this.database = database;
    this.sessions = sessions;
    this.table = table;
    this.memory = memory;
    this.blockedTokens = blockedTokens;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Ends the session in which an access token was issued, with all its tokens.
   *
   * @param expiresAt when the token expires by itself
   */
  public void logout(UUID tokenId, Instant expiresAt) {
    blockWhile(
        tx -> {
          List<TokenBlock.OfToken> blocks =
              sessions
                  .ofAccessToken(tx, tokenId)
                  .map(session -> sessions.revoke(tx, session, clock.instant()))
                  .orElse(List.of(new TokenBlock.OfToken(tokenId, expiresAt)));
          return new Outcome<>(true, blocks);
        });
  }

  /** Does the work in a transaction together with the blocks that it calls for. */
  <T> T blockWhile(Function<Transaction, Outcome<T>> work) {
    Outcome<T> outcome =
        database.inTransaction(
            tx -> {
              Outcome<T> result = work.apply(tx);
              record(tx, result.blocks());
              return result;
            });
    outcome.blocks().forEach(block -> memory.block(MemberEvents.message(block)));
    blockedTokens.put(outcome.blocks());
    return outcome.value();
  }

  private void record(Transaction tx, List<? extends TokenBlock> blocks) {
    if (blocks.isEmpty()) {
      return;
    }
    table.add(tx, blocks);
    blocks.forEach(block -> outbox.add(tx, MemberEvents.blocked(block)));
    outbox.add(
        tx,
        table.forgetExpired(tx, clock.instant()).stream()
            .map(MemberEvents::forgotten)
            .toArray(Event[]::new));
  }
}
