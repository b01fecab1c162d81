package jangteo.local.story;

import jangteo.local.Refusal;
import jangteo.local.shop.Admin;
import jangteo.local.story.Shop.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;

/** Has the shop, as its first administrator, sign its tokens with a new key. */
public final class KeyRotation {
  private static final String KEYS = "/api/v1/admin/signing-keys";
  private static final Duration LOOK = Duration.ofMillis(500);

  private final Shop shop;
  private final Admin admin;
  private final PrintWriter out;

  /** At the gateway's address, {@code http://host:port}; what comes of it goes to the writer. */
  public KeyRotation(String gateway, Admin admin, PrintWriter out) {
    this.shop = new Shop(gateway, new PrintWriter(Writer.nullWriter()));
    this.admin = admin;
    this.out = out;
  }

  /**
   * Publishes a new key and returns once it signs.
   *
   * @throws Refusal when the shop has one that does not sign yet, or cannot make one now
   */
  public void rotate() throws IOException, InterruptedException {
    String token = shop.logIn(admin);
    Answer made = shop.post(KEYS).as(token).send();
    if (made.status() != 201) {
      throw new Refusal(
          "No new key was made: %d %s".formatted(made.status(), made.text("/detail")));
    }
    Instant signsFrom = Instant.parse(made.text("/signsFrom"));
    out.printf(
        "Key %s is published, and signs in %d s.%n",
        made.text("/keyId"), Duration.between(Instant.now(), signsFrom).toSeconds());
    out.flush();
    Answer now = shop.get(KEYS).as(token).send();
    while (now.status() != 200 || now.text("/items/0/use").equals("PUBLISHED")) {
      Thread.sleep(LOOK);
      now = shop.get(KEYS).as(token).send();
      if (now.status() == 401) {
        token = shop.logIn(admin);
      }
    }
    out.println("It signs; the key before it verifies until its last token is over.");
  }
}
