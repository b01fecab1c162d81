package jangteo.member.store;

import jangteo.chassis.data.Placeholders;
import jangteo.chassis.data.Row;
import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import jangteo.member.domain.Address;
import jangteo.member.domain.Address.Destination;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The table {@code addresses}. */
public final class Addresses {

  private static final String SELECT =
      """
      SELECT address_id, member_id, recipient, phone, country, postal_code, city, line1, line2,
             version, created_at, updated_at
      FROM addresses
      """;

  /** All of a member, the oldest first. */
  public List<Address> of(Sql sql, long memberId) {
    return sql.all(SELECT + "WHERE member_id = ? ORDER BY address_id", memberId).stream()
        .map(Addresses::address)
        .toList();
  }

  /** Those of these that exist, whosever they are. */
  public List<Address> find(Sql sql, Set<Long> addressIds) {
    if (addressIds.isEmpty()) {
      return List.of();
    }
    return sql
        .all(
            SELECT + "WHERE address_id IN " + Placeholders.list(addressIds.size()),
            addressIds.toArray())
        .stream()
        .map(Addresses::address)
        .toList();
  }

  /** The member's own address, locked until the transaction ends. */
  public Optional<Address> lock(Transaction tx, long memberId, long addressId) {
    return tx.one(SELECT + "WHERE address_id = ? AND member_id = ? FOR UPDATE", addressId, memberId)
        .map(Addresses::address);
  }

  /** Stores a new one. */
  public void add(Transaction tx, Address address) {
    Destination to = address.destination();
    tx.execute(
        """
        INSERT INTO addresses (address_id, member_id, recipient, phone, country, postal_code, city,
                               line1, line2, version, created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        address.addressId(),
        address.memberId(),
        to.recipient(),
        to.phone(),
        to.country(),
        to.postalCode(),
        to.city(),
        to.line1(),
        to.line2(),
        address.version(),
        address.createdAt(),
        address.updatedAt());
  }

  /** Writes a locked address. */
  public void update(Transaction tx, Address address) {
    Destination to = address.destination();
    tx.execute(
        """
        UPDATE addresses SET recipient = ?, phone = ?, country = ?, postal_code = ?, city = ?,
                             line1 = ?, line2 = ?, version = ?, updated_at = ?
        WHERE address_id = ?
        """,
        to.recipient(),
        to.phone(),
        to.country(),
        to.postalCode(),
        to.city(),
        to.line1(),
        to.line2(),
        address.version(),
        address.updatedAt(),
        address.addressId());
  }

  /** Deletes a locked address. */
  public void delete(Transaction tx, Address address) {
    tx.execute("DELETE FROM addresses WHERE address_id = ?", address.addressId());
  }

  /** Deletes all of a locked member. */
  public void deleteAll(Transaction tx, long memberId) {
    tx.execute("DELETE FROM addresses WHERE member_id = ?", memberId);
  }

  private static Address address(Row row) {
    return new Address(
        row.whole("address_id"),
        row.whole("member_id"),
        new Destination(
            row.text("recipient"),
            row.text("phone"),
            row.text("country"),
            row.text("postal_code"),
            row.text("city"),
            row.text("line1"),
            row.text("line2")),
        row.whole("version"),
        row.instant("created_at"),
        row.instant("updated_at"));
  }
}
