package jangteo.chassis.security;

import io.helidon.config.Config;
import io.helidon.security.jwt.jwk.JwkKeys;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import jangteo.chassis.Part;
import jangteo.chassis.Readiness;
import jangteo.chassis.web.Problem;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Member's public keys, fetched from its JWKS endpoint (RFC 7517).
 *
 * <p>They are fetched when the service starts (again and again until member answers), every few
 * minutes after that, and when a token names a key that is not known, but then at most every two
 * seconds. While member is away the last good set stays in use.
 */
public final class Jwks implements Part, SigningKeys {

  private static final Logger LOG = LoggerFactory.getLogger(Jwks.class);
  private static final Duration FETCH_LIMIT = Duration.ofSeconds(2);
  private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(2);
  private static final Duration REFRESH = Duration.ofMinutes(5);

  private final URI url;
  private final InstantSource clock;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(FETCH_LIMIT)
          .build();
  private final ReentrantLock fetching = new ReentrantLock();
  private final ScheduledExecutorService refresher =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("jwks").factory());
  private @Nullable ScheduledFuture<?> refreshing;
  private volatile @Nullable JwkKeys keys;
  private volatile Instant tried = Instant.MIN;
  private volatile Instant fetched = Instant.MIN;

  private Jwks(URI url, InstantSource clock) {
    this.url = url;
    this.clock = clock;
  }

  /** Reads {@code security.jwks-url}. */
  public static Jwks create(Config config, InstantSource clock) {
    return new Jwks(URI.create(config.get("security.jwks-url").asString().get()), clock);
  }

  @Override
  public String name() {
    return "jwks";
  }

  @Override
  public void start() {
    refreshing = refresher.scheduleWithFixedDelay(this::keepFresh, 0, 500, TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    if (refreshing != null) {
      refreshing.cancel(true);
    }
    refresher.shutdownNow();
    http.shutdownNow();
  }

  @Override
  public Readiness readiness() {
    return keys == null ? Readiness.no("no signing keys from " + url + " yet") : Readiness.yes();
  }

  @Override
  public JwkKeys forKey(String keyId) {
    JwkKeys known = keys;
    if (known == null || known.forKeyId(keyId).isEmpty()) {
      fetchUnlessJustTried();
      known = keys;
    }
    if (known == null) {
      throw Problem.unavailable("Tokens cannot be checked at the moment.", Duration.ofSeconds(1))
          .exception();
    }
    return known;
  }

  private void keepFresh() {
    Duration due = keys == null ? Duration.ZERO : REFRESH;
    if (!clock.instant().isBefore(saturated(fetched, due))) {
      fetchUnlessJustTried();
    }
  }

  private void fetchUnlessJustTried() {
    Instant asked = clock.instant();
    fetching.lock();
    try {
      if (tried.isBefore(asked) && !asked.isBefore(saturated(tried, pause()))) {
        tried = clock.instant();
        fetch().ifPresent(this::use);
      }
    } finally {
      fetching.unlock();
    }
  }

  private Duration pause() {
    return keys == null ? Duration.ofMillis(400) : BETWEEN_FETCHES;
  }

  private void use(JwkKeys fresh) {
    if (keys == null) {
      LOG.info("signing keys loaded from {}", url);
    }
    keys = fresh;
    fetched = clock.instant();
  }

  private Optional<JwkKeys> fetch() {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(url).timeout(FETCH_LIMIT).build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        return Optional.empty();
      }
      try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
        return Optional.of(JwkKeys.create(reader.readObject()));
      }
    } catch (IOException | RuntimeException e) {
      // Keys that cannot be read fail in more ways than are declared; none may end the refreshing.
      LOG.debug("no signing keys from {}", url, e);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Instant saturated(Instant from, Duration after) {
    return from.equals(Instant.MIN) ? Instant.MIN : from.plus(after);
  }
}
