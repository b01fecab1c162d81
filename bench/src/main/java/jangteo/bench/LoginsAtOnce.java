package jangteo.bench;

import jangteo.local.supervisor.Memory;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Many logins at the same moment. A password's hash takes 19 MiB and a core for tens of
 * milliseconds: what becomes of the logins, of member's memory, and of those who only want to see
 * their profile meanwhile.
 */
@Command(
    name = "logins",
    description = {
      "Many logins at once, good and wrong ones, and what they do to other calls of member.",
      "After 60 failures a minute the local shop tells this address to wait; to have all of them"
          + " compared, start it with @|bold "
          + Enumeration.WITHOUT_LIMITS
          + "|@."
    })
final class LoginsAtOnce implements Callable<Integer> {
  private static final String LOGIN = "/api/v1/auth/login";
  private static final Duration QUIET = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(20);

  @Mixin private Shop shop = new Shop();

  @Option(
      names = "--at-once",
      split = ",",
      defaultValue = "500,1000",
      description = "How many, one wave after the other (${DEFAULT-VALUE}).")
  private List<Integer> waves = List.of();

  @Option(
      names = "--wrong",
      defaultValue = "25",
      description = "How many of a hundred have a wrong password (${DEFAULT-VALUE}).")
  private int wrong;

  @Option(
      names = "--members",
      defaultValue = "100",
      description = "Of how many members (${DEFAULT-VALUE}).")
  private int members;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** One login that was answered. */
  private record Login(int status, boolean toldWhenToComeBack, Duration took) {}

  @Override
  public Integer call() throws Exception {
    Marketplace marketplace = new Marketplace(shop.gateway);
    List<String> emails = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      emails.add(marketplace.signUp());
    }
    HttpRequest profile =
        marketplace.request(
            "GET", "/api/v1/members/me", Map.of(), marketplace.logIn(emails.getFirst()));
    long pid = Objects.requireNonNull(Costs.processes(shop.state).get("member"), "no member runs");
    watch(profile, pid, () -> Thread.sleep(QUIET)); // compiles
    boolean allAnswered = true;
    for (int atOnce : waves) {
      List<HttpRequest> requests = logins(marketplace, emails, atOnce);
      Watch before = watch(profile, pid, () -> Thread.sleep(QUIET));
      List<Login> logins = new ArrayList<>();
      Watch during = watch(profile, pid, () -> logins.addAll(send(requests)));
      Watch after = watch(profile, pid, () -> Thread.sleep(QUIET));
      print(atOnce, logins, before, during, after);
      allAnswered &= logins.stream().noneMatch(login -> login.status() == 0);
    }
    return allAnswered ? 0 : 1;
  }

  private List<HttpRequest> logins(Marketplace marketplace, List<String> emails, int count)
      throws IOException {
    List<HttpRequest> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String password = i * wrong / 100 < (i + 1) * wrong / 100 ? "wrong" : Marketplace.PASSWORD;
      Map<String, String> body =
          Map.of("email", emails.get(i % emails.size()), "password", password);
      requests.add(marketplace.request("POST", LOGIN, body, ""));
    }
    return requests;
  }

  private List<Login> send(List<HttpRequest> requests) {
    List<CompletableFuture<Login>> open = requests.stream().map(this::send).toList();
    return open.stream().map(CompletableFuture::join).toList();
  }

  private CompletableFuture<Login> send(HttpRequest request) {
    long begun = System.nanoTime();
    return http.sendAsync(request, BodyHandlers.discarding())
        .handle(
            (answer, failure) -> {
              Duration took = Duration.ofNanos(System.nanoTime() - begun);
              return failure == null
                  ? new Login(answer.statusCode(), isToldWhen(answer), took)
                  : new Login(0, false, took);
            });
  }

  private static boolean isToldWhen(HttpResponse<Void> answer) {
    return answer.headers().firstValue("Retry-After").isPresent();
  }

  /**
   * What was seen while something went on.
   *
   * @param profiles how long it took to be shown one's profile
   * @param notShown how many times it was not shown
   * @param residentKib at most
   */
  private record Watch(Distribution profiles, int notShown, long residentKib) {}

  private interface Work {
    void run() throws InterruptedException;
  }

  private Watch watch(HttpRequest profile, long pid, Work work) throws InterruptedException {
    List<Duration> times = new ArrayList<>();
    int[] notShown = new int[1];
    long[] resident = new long[1];
    Thread watching =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!Thread.currentThread().isInterrupted()) {
                    Login seen = send(profile).join();
                    times.add(seen.took());
                    notShown[0] += seen.status() == 200 ? 0 : 1;
                    resident[0] = Math.max(resident[0], Memory.residentKib(pid));
                    LockSupport.parkNanos(LOOK.toNanos());
                  }
                });
    work.run();
    watching.interrupt();
    watching.join();
    return new Watch(Distribution.of(times), notShown[0], resident[0]);
  }

  private static void print(
      int atOnce, List<Login> logins, Watch before, Watch during, Watch after) {
    Map<String, Integer> statuses = new TreeMap<>();
    for (Login login : logins) {
      String what =
          login.status() == 0
              ? "no answer"
              : login.status() + (login.toldWhenToComeBack() ? " with Retry-After" : "");
      statuses.merge(what, 1, Integer::sum);
    }
    System.out.printf("%n%d logins at once: %s%n", atOnce, statuses);
    System.out.printf(
        "  answered after %s%n", Distribution.of(logins.stream().map(Login::took).toList()));
    print("before", before);
    print("during", during);
    print("after", after);
  }

  private static void print(String when, Watch watch) {
    System.out.printf(
        "  %-6s member has %d MiB at most; GET /members/me %s, %d of %d not shown%n",
        when,
        watch.residentKib() >> 10,
        watch.profiles(),
        watch.notShown(),
        watch.profiles().sorted().size());
  }
}
