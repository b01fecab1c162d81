package jangteo.local.fuzz;

/** As whom the shop is asked. */
enum Role {
  /** Without a token. */
  NOBODY(""),
  /** A member who buys and sells; another one must not see what is theirs. */
  SELLER(
      """

      [auth.wfc]
      path = '%s'
      user = "seller"
      peers = ["seller", "stranger"]
      """),
  /** The first administrator. */
  ADMIN(
      """

      [auth.wfc]
      path = '%s'
      user = "admin"
      """);

  private final String login;

  Role(String login) {
    this.login = login;
  }

  /** What Schemathesis' configuration says of it. */
  String login(People people) {
    return login.formatted(people.file());
  }

  /** In messages, and in the names of files. */
  String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
