package jangteo.member.domain;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A member at one version.
 *
 * @param memberId its id, for ever
 * @param email where it can be reached and how it logs in; never leaves this service
 * @param emailVerified whether it has proved that it reads its mail there
 * @param name shown to others
 * @param shopName the seller's name, when it sells
 * @param admin whether it runs the shop
 * @param status whether it may log in
 * @param version grows by one with each change
 * @param createdAt when it signed up
 * @param updatedAt when it was last changed
 */
public record Member(
    long memberId,
    Email email,
    boolean emailVerified,
    String name,
    Optional<String> shopName,
    boolean admin,
    Status status,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  /** The most characters of a name or a shop name. */
  public static final int LONGEST_NAME = 100;

  /** Whether a member may log in. */
  public enum Status {
    /** Yes. */
    ACTIVE,
    /** No, and its tokens have stopped working. */
    SUSPENDED
  }

  /** A new buyer. */
  public static Member signUp(long memberId, Email email, String name, Instant now) {
    return new Member(
        memberId, email, false, name, Optional.empty(), false, Status.ACTIVE, 1, now, now);
  }

  /** The same member as one who runs the shop; only of a member that is not stored yet. */
  public Member asAdmin() {
    return new Member(
        memberId,
        email,
        emailVerified,
        name,
        shopName,
        true,
        status,
        version,
        createdAt,
        updatedAt);
  }

  /** What it may do, from what it is. */
  public Set<Role> roles() {
    EnumSet<Role> roles = EnumSet.of(Role.BUYER);
    if (sells()) {
      roles.add(Role.SELLER);
    }
    if (admin) {
      roles.add(Role.ADMIN);
    }
    return roles;
  }

  /** Whether it has a shop. */
  public boolean sells() {
    return shopName.isPresent();
  }

  /** The member under another name; the same version when it is the same name. */
  public Member rename(String newName, Instant now) {
    return newName.equals(name) ? this : changed(emailVerified, newName, shopName, status, now);
  }

  /** The member with a shop of that name; the same version when it is the same name. */
  public Member nameShop(String newName, Instant now) {
    Optional<String> named = Optional.of(newName);
    return named.equals(shopName) ? this : changed(emailVerified, name, named, status, now);
  }

  /** The member that may not log in; the same version when it may not already. */
  public Member suspend(Instant now) {
    return inStatus(Status.SUSPENDED, now);
  }

  /** The member that may log in again; the same version when it may. */
  public Member reinstate(Instant now) {
    return inStatus(Status.ACTIVE, now);
  }

  /** The member that reads its mail; the same version when that is known. */
  public Member verifyEmail(Instant now) {
    return emailVerified ? this : changed(true, name, shopName, status, now);
  }

  private Member inStatus(Status wanted, Instant now) {
    return wanted == status ? this : changed(emailVerified, name, shopName, wanted, now);
  }

  private Member changed(
      boolean verified,
      String newName,
      Optional<String> newShopName,
      Status newStatus,
      Instant now) {
    return new Member(
        memberId,
        email,
        verified,
        newName,
        newShopName,
        admin,
        newStatus,
        version + 1,
        createdAt,
        now);
  }
}
