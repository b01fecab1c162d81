package jangteo.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Whether the time of an answer tells if there is a member of an e-mail address: a login with a
 * wrong password, and the question for a new password, for known addresses and for unknown ones,
 * one at a time and in random order.
 */
@Command(
    name = "enumeration",
    description = {
      "Whether the time of an answer tells if there is a member of an e-mail address.",
      "A sign-up with a known address is a 409 and says so; it is not measured.",
      "The local shop lets an address fail 60 times a minute; start it with @|bold "
          + Enumeration.WITHOUT_LIMITS
          + "|@."
    })
final class Enumeration implements Callable<Integer> {

  /** What member's limits are told in the environment; the launcher hands it on. */
  static final String WITHOUT_LIMITS =
      "LOGIN_FAILURES_PER_ADDRESS=1000000 LOGIN_FAILURES_PER_ACCOUNT=1000000"
          + " MAIL_REQUESTS_PER_ACCOUNT=1000000 ./jangteo up --detach";

  private static final int TOO_MANY = 429;

  @Mixin private Shop shop = new Shop();

  @Option(
      names = "--each",
      defaultValue = "400",
      description = "How many questions of each kind (${DEFAULT-VALUE}).")
  private int each;

  @Option(
      names = "--members",
      defaultValue = "50",
      description = "How many known addresses (${DEFAULT-VALUE}).")
  private int members;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Random random = new Random();

  /** A question about an address, which looks the same for all of them. */
  private interface Question {
    HttpRequest about(String email) throws IOException;
  }

  @Override
  public Integer call() throws Exception {
    Marketplace marketplace = new Marketplace(shop.gateway);
    List<String> known = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      known.add(marketplace.signUp());
    }
    measure(
        "login with a wrong password",
        401,
        known,
        email ->
            marketplace.request(
                "POST",
                "/api/v1/auth/login",
                Map.of("email", email, "password", "wrong horse battery"),
                ""));
    measure(
        "a forgotten password",
        202,
        known,
        email ->
            marketplace.request(
                "POST", "/api/v1/auth/password/forgot", Map.of("email", email), ""));
    return 0;
  }

  private void measure(String what, int expected, List<String> known, Question question)
      throws IOException, InterruptedException {
    List<Boolean> order = new ArrayList<>(Collections.nCopies(each, true));
    order.addAll(Collections.nCopies(each, false));
    Collections.shuffle(order, random);
    for (int i = 0; i < each / 4; i++) { // compiles
      ask(question, i % 2 == 0 ? known.get(i % known.size()) : unknown(), expected);
    }
    List<Duration> ofKnown = new ArrayList<>();
    List<Duration> ofUnknown = new ArrayList<>();
    for (boolean isKnown : order) {
      String email = isKnown ? known.get(ofKnown.size() % known.size()) : unknown();
      (isKnown ? ofKnown : ofUnknown).add(ask(question, email, expected));
    }
    Distribution first = Distribution.of(ofKnown);
    Distribution second = Distribution.of(ofUnknown);
    RankSum test = RankSum.of(ofKnown, ofUnknown);
    System.out.printf(
        "%n%s, %d of each:%n  known    %s%n  unknown  %s%n"
            + "  the medians differ by %+.3f ms; Mann-Whitney z = %.2f, p = %.3f%n",
        what,
        each,
        first,
        second,
        first.quantile(0.5).minus(second.quantile(0.5)).toNanos() / 1e6,
        test.z(),
        test.p());
  }

  private Duration ask(Question question, String email, int expected)
      throws IOException, InterruptedException {
    HttpRequest request = question.about(email);
    long begun = System.nanoTime();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    if (answer.statusCode() == TOO_MANY) {
      throw new IOException("The shop has its limits; start it with " + WITHOUT_LIMITS);
    }
    if (answer.statusCode() != expected) {
      throw new IOException(request.uri() + ": " + answer.statusCode() + " " + answer.body());
    }
    return took;
  }

  /** As long as those of {@link Marketplace#signUp}. */
  private static String unknown() {
    return UUID.randomUUID() + "@example.com";
  }
}
