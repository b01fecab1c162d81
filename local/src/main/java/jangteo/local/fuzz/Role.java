package jangteo.local.fuzz;

/** As whom the shop is asked. */
enum Role {
  /** Without a token. */
  NOBODY("", ""),
  /** A member who buys and sells; another one must not see what is theirs. */
  SELLER(
      "MEMBER SELLER",
      """

      [auth.wfc]
      path = '%s'
      user = "seller"
      peers = ["seller", "stranger"]
      """),
  /** The first administrator. */
  ADMIN(
      "MEMBER ADMIN",
      """

      [auth.wfc]
      path = '%s'
      user = "admin"
      """);

  private final String access;
  private final String login;

  Role(String access, String login) {
    this.access = access;
    this.login = login;
  }

  /** For whom a call has to be that is served, in the words of {@code x-access}. */
  String access() {
    return access;
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
