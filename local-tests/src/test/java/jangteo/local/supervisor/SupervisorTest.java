package jangteo.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jangteo.local.Refusal;
import jangteo.local.servers.Ports;
import jangteo.local.supervisor.Part.Layer;
import jangteo.local.supervisor.PartStatus.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final List<Integer> ports = Ports.free(2);

  private Supervisor of(Part... parts) {
    return new Supervisor(List.of(parts), 2, folder.resolve("pids"), said::add, Clock.systemUTC());
  }

  private Part one() {
    return Stub.part("one", Layer.SERVER, Set.of(), ports.getFirst(), folder);
  }

  private Part two() {
    return Stub.part("two", Layer.SERVICE, Set.of("one"), ports.getLast(), folder);
  }

  private static State state(Supervisor supervisor, String name) {
    return supervisor.status().stream()
        .filter(part -> part.name().equals(name))
        .findFirst()
        .orElseThrow()
        .state();
  }

  @Test
  void aPartStartsAfterThoseItNeedsAndAllEndWithTheSupervisor() throws Exception {
    List<Long> pids;
    try (Supervisor supervisor = of(two(), one())) {
      supervisor.up();
      assertThat(said)
          .extracting(line -> line.strip().substring(0, 3))
          .containsExactly("one", "two");
      assertThat(supervisor.status()).allMatch(part -> part.state() == State.READY);
      pids = supervisor.status().stream().map(PartStatus::pid).toList();
    }
    assertThat(pids).hasSize(2).allMatch(pid -> ProcessHandle.of(pid).isEmpty());
  }

  @Test
  void aPartThatEndsByItselfIsStartedAgainAndThatIsSaid() throws Exception {
    try (Supervisor supervisor = of(one())) {
      supervisor.up();
      assertThatThrownBy(() -> get(ports.getFirst(), "/exit")).isInstanceOf(IOException.class);
      await().atMost(LIMIT).until(() -> said.contains("one is ready again."));
      assertThat(said).anyMatch(line -> line.startsWith("one ended by itself (exit code 3)"));
      assertThat(supervisor.status().getFirst().restarts()).isEqualTo(1);
      assertThat(state(supervisor, "one")).isEqualTo(State.READY);
    }
  }

  @Test
  void whatIsKilledOrStoppedStaysDownUntilItIsStarted() throws Exception {
    try (Supervisor supervisor = of(one())) {
      supervisor.up();
      supervisor.kill("one");
      await().during(Duration.ofSeconds(2)).until(() -> state(supervisor, "one") == State.DOWN);
      supervisor.start("one");
      assertThat(state(supervisor, "one")).isEqualTo(State.READY);
      assertThatThrownBy(() -> supervisor.start("one")).hasMessage("one is running already.");
      supervisor.restart("one");
      assertThat(state(supervisor, "one")).isEqualTo(State.READY);
    }
  }

  @Test
  void whatIsPausedDoesNotAnswerUntilItIsResumed() throws Exception {
    try (Supervisor supervisor = of(one())) {
      supervisor.up();
      supervisor.pause("one");
      assertThat(state(supervisor, "one")).isEqualTo(State.PAUSED);
      assertThatThrownBy(() -> get(ports.getFirst(), "/")).isInstanceOf(HttpTimeoutException.class);
      assertThatThrownBy(() -> supervisor.pause("one")).hasMessage("one is paused already.");

      supervisor.resume("one");

      assertThat(get(ports.getFirst(), "/").statusCode()).isEqualTo(200);
      assertThat(state(supervisor, "one")).isEqualTo(State.READY);
      assertThatThrownBy(() -> supervisor.resume("one")).hasMessage("one is not paused.");
    }
  }

  @Test
  void aPausedPartCanBeStoppedKilledAndTakenDown() throws Exception {
    long last;
    try (Supervisor supervisor = of(one())) {
      supervisor.up();
      for (boolean kill : List.of(false, true)) {
        supervisor.pause("one");
        long begun = System.nanoTime();
        assertThat(kill ? supervisor.kill("one") : supervisor.stop("one"))
            .isEqualTo(kill ? "one is killed." : "one is stopped.");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        assertThat(state(supervisor, "one")).isEqualTo(State.DOWN);
        assertThatThrownBy(() -> supervisor.pause("one")).hasMessage("one is not running.");
        supervisor.start("one");
      }
      supervisor.pause("one");
      last = Objects.requireNonNull(supervisor.status().getFirst().pid());
    }
    assertThat(ProcessHandle.of(last)).isEmpty();
  }

  @Test
  void aPartThatDoesNotComeUpIsARefusalWithTheEndOfItsLog() throws Exception {
    Part broken =
        Stub.part("broken", Layer.SERVICE, Set.of(), ports.getFirst(), folder, "no.such.Main");
    try (Supervisor supervisor =
        of(broken, Stub.part("two", Layer.SERVICE, Set.of("broken"), ports.getLast(), folder))) {
      assertThatThrownBy(supervisor::up)
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("broken ended with exit code 1")
          .hasMessageContaining("no.such.Main");
    }
  }

  @Test
  void aTakenPortIsARefusalBeforeAnythingStarts() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Supervisor supervisor =
            of(one(), Stub.part("two", Layer.SERVICE, Set.of(), taken.getLocalPort(), folder))) {
      assertThatThrownBy(supervisor::up)
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("Port " + taken.getLocalPort() + ", which two needs, is taken");
      assertThat(state(supervisor, "one")).isEqualTo(State.WAITING);
    }
  }

  @Test
  void onlyWhoShowsTheTokenMaySteer() throws Exception {
    Path file = folder.resolve("supervisor.json");
    try (Supervisor supervisor = of(one());
        ControlServer control =
            ControlServer.start(supervisor, "http://127.0.0.1:1", file, () -> {})) {
      control.markUp();
      ControlAddress address = ControlAddress.read(file).orElseThrow();
      assertThat(get(address.port(), "/status").statusCode()).isEqualTo(401);
    }
    assertThat(ControlAddress.read(file)).isEmpty();
  }

  private static HttpResponse<String> get(int port, String path)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .timeout(Duration.ofSeconds(3))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
