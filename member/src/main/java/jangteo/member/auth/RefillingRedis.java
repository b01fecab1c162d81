package jangteo.member.auth;

import jangteo.chassis.data.Database;
import jangteo.member.domain.TokenBlock;
import jangteo.member.store.BlockedTokens;
import jangteo.member.store.TokenBlocksTable;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** Gives a Redis that was away, emptied or full the blocked tokens that it lacks. */
public final class RefillingRedis {

  private static final int PAGE = 500;

  private final Database database;
  private final TokenBlocksTable table;
  private final BlockedTokens blockedTokens;
  private final Clock clock;

  /** Wires it. */
  public RefillingRedis(
      Database database, TokenBlocksTable table, BlockedTokens blockedTokens, Clock clock) {
    this.database = database;
    this.table = table;
    this.blockedTokens = blockedTokens;
    this.clock = clock;
  }

  /** Looks whether it lacks any; there is nothing more to do at once. */
  public boolean look() {
    blockedTokens.fill(new Pages(clock.instant()));
    return false;
  }

  /** All blocks, page by page. */
  private final class Pages implements Supplier<List<TokenBlock>> {
    private final Instant now;
    private String after = "";

    Pages(Instant now) {
      this.now = now;
    }

    @Override
    public List<TokenBlock> get() {
      List<TokenBlock> page = database.read(sql -> table.page(sql, after, now, PAGE));
      if (!page.isEmpty()) {
        after = page.getLast().key();
      }
      return page;
    }
  }
}
