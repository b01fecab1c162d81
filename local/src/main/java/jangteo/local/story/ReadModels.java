package jangteo.local.story;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.local.Refusal;
import jangteo.local.shop.Admin;
import jangteo.local.story.Shop.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Has the shop, as its first administrator, make its read model of products anew, or compare it.
 */
public final class ReadModels {
  private static final String PRODUCTS = "/api/v1/admin/read-models/products";
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration LOOK = Duration.ofMillis(500);

  private final Shop shop;
  private final Admin admin;
  private final PrintWriter out;

  /** At the gateway's address, {@code http://host:port}; what comes of it goes to the writer. */
  public ReadModels(String gateway, Admin admin, PrintWriter out) {
    this.shop = new Shop(gateway, new PrintWriter(Writer.nullWriter()));
    this.admin = admin;
    this.out = out;
  }

  /**
   * Rebuilds, and prints how far it is until it has ended.
   *
   * @return whether the new one is live
   * @throws Refusal when it cannot begin, with the shop's reason
   */
  public boolean rebuild() throws IOException, InterruptedException {
    long start = System.nanoTime();
    Answer begun = shop.post(PRODUCTS + "/rebuild").as(shop.logIn(admin)).send();
    if (begun.status() != 202) {
      throw refused("rebuild", begun);
    }
    String id = begun.text("/rebuildId");
    Answer now = begun;
    long documents = 0;
    long since = start;
    String token = shop.logIn(admin);
    while (!now.text("/stage").equals("ENDED")) {
      Thread.sleep(LOOK);
      Answer next = shop.get(PRODUCTS + "/rebuilds/" + id).as(token).send();
      if (next.status() == 401) {
        token = shop.logIn(admin);
      }
      if (next.status() != 200) {
        continue; // an instance that is away for a moment does not end what it does
      }
      now = next;
      long time = System.nanoTime();
      long rate = (now.whole("/documents") - documents) * 1_000_000_000 / (time - since);
      documents = now.whole("/documents");
      since = time;
      out.printf(
          Locale.ROOT,
          "%-12s %,12d documents  %,8d/s  %,10d caught up%n",
          now.text("/stage").toLowerCase(Locale.ROOT).replace('_', ' '),
          documents,
          rate,
          now.whole("/caughtUp"));
      out.flush();
    }
    boolean done = now.text("/state").equals("DONE");
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (done) {
      out.printf(
          Locale.ROOT,
          "The new read model is live: %,d documents in %,d ms, %,d/s.%n",
          documents,
          took.toMillis(),
          documents * 1_000 / Math.max(1, took.toMillis()));
    } else {
      out.printf("The rebuild failed, the old read model stays: %s%n", now.text("/reason"));
    }
    return done;
  }

  /**
   * Compares, and prints one line per difference.
   *
   * @param repair whether what differs is mended
   * @return whether the read model is as it should be afterwards
   * @throws Refusal when the shop cannot compare now, with its reason
   */
  public boolean reconcile(boolean repair) throws IOException, InterruptedException {
    Answer answer =
        shop.post(PRODUCTS + "/reconcile?repair=" + repair)
            .as(shop.logIn(admin))
            .within(LIMIT)
            .send();
    if (answer.status() != 200) {
      throw refused("reconciliation", answer);
    }
    for (JsonNode difference : answer.body().path("differences")) {
      out.printf(
          "%-9s %-8s product %s%s%s%n",
          difference.path("left").asBoolean() ? "" : "repaired",
          difference.path("kind").asText(),
          difference.path("productId").asText(),
          difference.has("listingId") ? " listing " + difference.path("listingId").asText() : "",
          fields(difference));
    }
    out.printf(
        Locale.ROOT,
        "%,d products, %,d listings compared; %,d of %,d ranges opened; %,d differ, %,d still; %,d move (%d ms)%n",
        answer.whole("/products"),
        answer.whole("/listings"),
        answer.whole("/opened"),
        answer.whole("/ranges"),
        answer.whole("/found"),
        answer.whole("/left"),
        answer.whole("/moving"),
        answer.whole("/tookMillis"));
    return answer.body().path("ok").asBoolean();
  }

  private static String fields(JsonNode difference) {
    String names =
        StreamSupport.stream(difference.path("fields").spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "" : ": " + names;
  }

  private static Refusal refused(String what, Answer answer) {
    return new Refusal(
        "The %s did not take place: %d %s"
            .formatted(what, answer.status(), answer.text("/detail")));
  }
}
