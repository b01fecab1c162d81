package jangteo.member.domain;

/** What a member may do; a member has one or more. */
public enum Role {
  /** Buys and reviews; every member. */
  BUYER,
  /** Sells; whoever opened a shop. */
  SELLER,
  /** Runs the shop. */
  ADMIN
}
