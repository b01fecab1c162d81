package jangteo.member.store;

import jangteo.chassis.data.Row;
import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import jangteo.member.domain.Email;
import jangteo.member.domain.Member;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table {@code members}. */
public final class Members {

  private static final String COLUMNS =
      "member_id, email, email_verified, name, shop_name, admin, status, version, created_at,"
          + " updated_at";

  private static final String CREDENTIALS =
      "SELECT " + COLUMNS + ", password_hash, password_set_at FROM members ";

  /**
   * A member and what its password is compared with.
   *
   * @param member the member
   * @param passwordHash a PHC string
   * @param passwordSetAt when the password was last chosen; empty: at sign-up
   */
  public record Credentials(Member member, String passwordHash, Optional<Instant> passwordSetAt) {

    /** Whether both are of one password, whatever their hashes cost. */
    public boolean samePassword(Credentials other) {
      return passwordSetAt.equals(other.passwordSetAt);
    }
  }

  /**
   * Stores a new member.
   *
   * @throws jangteo.chassis.data.DuplicateKeyException when the e-mail address is taken
   */
  public void add(Transaction tx, Member member, String passwordHash) {
    tx.execute(
        """
        INSERT INTO members (member_id, email, password_hash, name, shop_name, admin, status,
                             version, created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        member.memberId(),
        member.email().address(),
        passwordHash,
        member.name(),
        member.shopName(),
        member.admin(),
        member.status(),
        member.version(),
        member.createdAt(),
        member.updatedAt());
  }

  /** The member of that id. */
  public Optional<Member> find(Sql sql, long memberId) {
    return sql.one("SELECT " + COLUMNS + " FROM members WHERE member_id = ?", memberId)
        .map(Members::member);
  }

  /** The member of that address. */
  public Optional<Member> find(Sql sql, Email email) {
    return sql.one("SELECT " + COLUMNS + " FROM members WHERE email = ?", email.address())
        .map(Members::member);
  }

  /** The member of that id, locked until the transaction ends. */
  public Optional<Member> lock(Transaction tx, long memberId) {
    return tx.one("SELECT " + COLUMNS + " FROM members WHERE member_id = ? FOR UPDATE", memberId)
        .map(Members::member);
  }

  /** The member of that address, with the hash of its password. */
  public Optional<Credentials> credentials(Sql sql, Email email) {
    return sql.one(CREDENTIALS + "WHERE email = ?", email.address()).map(Members::credentials);
  }

  /** The member of that id, with the hash of its password. */
  public Optional<Credentials> credentials(Sql sql, long memberId) {
    return sql.one(CREDENTIALS + "WHERE member_id = ?", memberId).map(Members::credentials);
  }

  /** The same, locked until the transaction ends. */
  public Optional<Credentials> lockCredentials(Transaction tx, long memberId) {
    return tx.one(CREDENTIALS + "WHERE member_id = ? FOR UPDATE", memberId)
        .map(Members::credentials);
  }

  /**
   * Members in the order of their ids.
   *
   * @param after only those of higher ids
   */
  public List<Member> page(
      Sql sql, Optional<Member.Status> status, Optional<Email> email, long after, int atMost) {
    StringBuilder query =
        new StringBuilder("SELECT " + COLUMNS + " FROM members WHERE member_id > ?");
    List<Object> args = new ArrayList<>(List.of(after));
    status.ifPresent(
        wanted -> {
          query.append(" AND status = ?");
          args.add(wanted);
        });
    email.ifPresent(
        wanted -> {
          query.append(" AND email = ?");
          args.add(wanted.address());
        });
    args.add(atMost);
    return sql.all(query + " ORDER BY member_id LIMIT ?", args.toArray()).stream()
        .map(Members::member)
        .toList();
  }

  /** Writes the hash of a new password of a locked member. */
  public void setPassword(Transaction tx, long memberId, String hash, Instant now) {
    tx.execute(
        "UPDATE members SET password_hash = ?, password_set_at = ? WHERE member_id = ?",
        hash,
        now,
        memberId);
  }

  /** Deletes a locked member. */
  public void delete(Transaction tx, Member member) {
    tx.execute("DELETE FROM members WHERE member_id = ?", member.memberId());
  }

  /** Writes what of a locked member can change. */
  public void update(Transaction tx, Member member) {
    tx.execute(
        """
        UPDATE members SET email_verified = ?, name = ?, shop_name = ?, status = ?, version = ?,
                           updated_at = ?
        WHERE member_id = ?
        """,
        member.emailVerified(),
        member.name(),
        member.shopName(),
        member.status(),
        member.version(),
        member.updatedAt(),
        member.memberId());
  }

  /** Writes the password's hash made with newer parameters, unless it has changed meanwhile. */
  public void rehash(Sql sql, long memberId, String oldHash, String newHash) {
    sql.execute(
        "UPDATE members SET password_hash = ? WHERE member_id = ? AND password_hash = ?",
        newHash,
        memberId,
        oldHash);
  }

  private static Credentials credentials(Row row) {
    return new Credentials(
        member(row), row.text("password_hash"), row.maybeInstant("password_set_at"));
  }

  private static Member member(Row row) {
    return new Member(
        row.whole("member_id"),
        Email.ofNormal(row.text("email")),
        row.flag("email_verified"),
        row.text("name"),
        row.maybeText("shop_name"),
        row.flag("admin"),
        row.choice("status", Member.Status.class),
        row.whole("version"),
        row.instant("created_at"),
        row.instant("updated_at"));
  }
}
