package jangteo.local.supervisor;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jangteo.local.Refusal;
import jangteo.local.StateFolder;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Speaks to the supervisor of a state folder. */
public final class ControlClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final ControlAddress address;
  private final HttpClient http = HttpClient.newHttpClient();

  private ControlClient(ControlAddress address) {
    this.address = address;
  }

  /** The supervisor that runs on this folder, if one does. */
  public static Optional<ControlClient> of(StateFolder state) {
    return ControlAddress.read(state.control()).map(ControlClient::new);
  }

  /**
   * The supervisor that runs on this folder.
   *
   * @throws Refusal when there is none
   */
  public static ControlClient running(StateFolder state) {
    return of(state).orElseThrow(() -> new Refusal("The shop is not up; ./jangteo up starts it."));
  }

  /** Where the shop is reached. */
  public String gateway() {
    return address.gateway();
  }

  /** The supervisor's process id. */
  public long pid() {
    return address.pid();
  }

  /** Whether the start is over and every part was ready; not so while nobody answers. */
  public boolean isUp() throws IOException, InterruptedException {
    try {
      return Boolean.parseBoolean(send("GET", "/up"));
    } catch (ConnectException e) {
      return false; // it is about to end: its last words are in its log
    }
  }

  /** How each part is doing. */
  public List<PartStatus> status() throws IOException, InterruptedException {
    return JSON.readValue(call("GET", "/status"), new TypeReference<List<PartStatus>>() {});
  }

  /**
   * Carries out start, stop, restart, kill, pause or resume; returns what to tell.
   *
   * @throws Refusal when the supervisor refuses
   */
  public String part(String name, String verb) throws IOException, InterruptedException {
    return call("POST", "/parts/" + name + "/" + verb);
  }

  /**
   * Ends the shop and waits until the supervisor is gone.
   *
   * @throws Refusal when it is not gone after two minutes
   */
  public void down() throws IOException, InterruptedException {
    Optional<ProcessHandle> supervisor = ProcessHandle.of(address.pid());
    call("POST", "/down");
    try {
      if (supervisor.isPresent()) {
        supervisor.get().onExit().get(2, TimeUnit.MINUTES);
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new Refusal("The supervisor (process %d) does not end.".formatted(address.pid()), e);
    }
  }

  private String call(String method, String path) throws IOException, InterruptedException {
    try {
      return send(method, path);
    } catch (ConnectException e) {
      throw new Refusal(
          "The supervisor (process %d) does not answer: it is starting or ending."
              .formatted(address.pid()),
          e);
    }
  }

  private String send(String method, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.port() + path))
            .timeout(LIMIT)
            .header(ControlServer.TOKEN, address.token())
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new Refusal(answer.body());
    }
    return answer.body();
  }
}
