package jangteo.review.store;

import jangteo.chassis.data.DuplicateKeyException;
import jangteo.chassis.data.Placeholders;
import jangteo.chassis.data.Row;
import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import jangteo.review.domain.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** The table {@code reports}, read together with the names of the members. */
public final class ReportStore {

  /** How many reports of one review are shown; enough to see what it is about. */
  private static final int SHOWN = 10;

  /** Whether it is the member's first report of the review; a later one changes nothing. */
  public boolean add(Transaction tx, UUID reviewId, long memberId, String reason, Instant at) {
    try {
      tx.execute(
          "INSERT INTO reports (review_id, member_id, reason, created_at) VALUES (?, ?, ?, ?)",
          reviewId,
          memberId,
          reason,
          at);
      return true;
    } catch (DuplicateKeyException reported) {
      return false;
    }
  }

  /** Forgets the reports of a review that is deleted. */
  public void removeAll(Transaction tx, UUID reviewId) {
    tx.execute("DELETE FROM reports WHERE review_id = ?", reviewId);
  }

  /** The newest ten reports of each of these reviews that has any, the newest first. */
  public Map<UUID, List<Report>> newest(Sql sql, Collection<UUID> reviewIds) {
    if (reviewIds.isEmpty()) {
      return Map.of();
    }
    List<Object> args = new ArrayList<>(reviewIds);
    args.add(SHOWN);
    return sql
        .all(
            """
            SELECT p.review_id, p.member_id, p.reason, p.created_at, n.name AS member_name
            FROM (
              SELECT r.*, ROW_NUMBER() OVER (
                PARTITION BY review_id ORDER BY created_at DESC, member_id) AS place
              FROM reports r WHERE review_id IN %s
            ) p LEFT JOIN member_names n ON n.member_id = p.member_id
            WHERE p.place <= ?
            ORDER BY p.review_id, p.place
            """
                .formatted(Placeholders.list(reviewIds.size())),
            args.toArray())
        .stream()
        .collect(
            Collectors.groupingBy(
                row -> row.uuid("review_id"),
                Collectors.mapping(ReportStore::report, Collectors.toList())));
  }

  private static Report report(Row row) {
    return new Report(
        row.whole("member_id"),
        row.maybeText("member_name"),
        row.text("reason"),
        row.instant("created_at"));
  }
}
