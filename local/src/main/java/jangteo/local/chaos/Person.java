package jangteo.local.chaos;

import jangteo.local.story.Cast;
import java.io.IOException;

/** Somebody who has signed up: the name, and the access token, renewed now and then. */
class Person {
  private final String name;
  private final Cast cast;
  private final String role;
  private volatile String token = "";

  /**
   * @param name as it stands in the history
   * @param role as the cast calls them
   */
  Person(String name, Cast cast, String role) {
    this.name = name;
    this.cast = cast;
    this.role = role;
  }

  final String name() {
    return name;
  }

  /** Takes a new access token, which works for ten minutes. */
  final String logIn() throws IOException, InterruptedException {
    String fresh = cast.logIn(role);
    token = fresh;
    return fresh;
  }

  final String token() {
    return token;
  }
}
