package jangteo.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the member service where a test needs only tokens: signs them (RS256, design
 * section 9) and serves the public keys over HTTP on a free port of loopback.
 */
public final class TestTokens implements AutoCloseable {
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One for all in this JVM: to make one takes more than a second of a test's CPU time. */
  private static final Key FIRST = Key.generate("k1");

  private final Clock clock;
  private final HttpServer server;
  private final List<Key> keys = new CopyOnWriteArrayList<>(List.of(FIRST));
  private final Map<List<Object>, String> sessions = new ConcurrentHashMap<>();

  /** Starts serving the public keys; the tokens are valid now. */
  public TestTokens() {
    this(Clock.systemUTC());
  }

  /** Starts serving the public keys; the tokens are valid at the clock's time. */
  public TestTokens(Clock clock) {
    this.clock = clock;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/.well-known/jwks.json",
        exchange -> {
          byte[] body = jwks().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  /** Where the public keys are served. */
  public String jwksUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/.well-known/jwks.json";
  }

  /** The tokens' issuer. */
  public String issuer() {
    return "https://jangteo.local";
  }

  /** The tokens' audience. */
  public String audience() {
    return "jangteo";
  }

  /** A good token of the member, for ten minutes. */
  public String token(long memberId, String... roles) {
    return sign(keys.getLast(), claims(memberId, clock.instant(), roles));
  }

  /** The public keys, the present one the last. */
  public String published() {
    return jwks();
  }

  /**
   * The same good token at each call for this member in these roles: for tests that ask again and
   * again, for a signature takes 20 ms.
   */
  public String session(long memberId, String... roles) {
    return sessions.computeIfAbsent(
        List.of(memberId, List.of(roles)), session -> token(memberId, roles));
  }

  /** A token that ended ten minutes ago. */
  public String expired(long memberId, String... roles) {
    Instant issued = clock.instant().minus(LIFE.multipliedBy(2));
    return sign(keys.getLast(), claims(memberId, issued, roles));
  }

  /** A token with the key id of a good one, signed with a key that nobody published. */
  public String signedByStranger(long memberId, String... roles) {
    Key stranger = Key.generate(keys.getLast().id());
    return sign(stranger, claims(memberId, clock.instant(), roles));
  }

  /**
   * A properly signed token with other claims than usual: {@code iss}, {@code aud}, {@code sub}…
   */
  public String tokenWith(Map<String, Object> otherClaims, long memberId, String... roles) {
    Map<String, Object> claims = claims(memberId, clock.instant(), roles);
    claims.putAll(otherClaims);
    return sign(keys.getLast(), claims);
  }

  /**
   * Tokens that are properly signed and must not work all the same, each by what is wrong with it.
   */
  public Map<String, String> wrong(long memberId, String... roles) {
    Instant now = clock.instant();
    long second = now.getEpochSecond();
    Map<String, String> all = new LinkedHashMap<>();
    List.of("JWT", "jwt", "refresh", "dpop+jwt", "logout+jwt", "")
        .forEach(
            type ->
                all.put(
                    "type '" + type + "'",
                    sign(header("typ", type), claims(memberId, now, roles))));
    all.put("no type", sign(header("typ", null), claims(memberId, now, roles)));
    all.put("no key", sign(header("kid", null), claims(memberId, now, roles)));
    all.put(
        "an extension that must be understood",
        sign(header("crit", List.of("sid")), claims(memberId, now, roles)));
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("exp", second - 60);
    claims.put("exp ", "");
    claims.put("nbf", second + 3600);
    claims.put("iat", second + 3600);
    claims.put("iss", "https://elsewhere.example");
    claims.put("iss ", issuer() + "/");
    claims.put("aud", "elsewhere");
    claims.put("aud ", List.of("elsewhere", "jangteo-admin"));
    claims.put("sub", "admin");
    claims.put("sub ", "");
    claims.put("sub  ", "-1");
    claims.forEach(
        (name, value) ->
            all.put(
                "%s is %s".formatted(name.strip(), value),
                tokenWith(Map.of(name.strip(), value), memberId, roles)));
    for (String needed : List.of("exp", "iat", "iss", "aud", "sub", "jti")) {
      Map<String, Object> lacking = claims(memberId, now, roles);
      lacking.remove(needed);
      all.put("no " + needed, sign(header("alg", "RS256"), lacking));
    }
    return all;
  }

  /** An unsigned token, {@code alg: none}, as RFC 8725 warns of. */
  public String unsigned(long memberId, String... roles) {
    return part(Map.of("alg", "none", "typ", "JWT"))
        + "."
        + part(claims(memberId, clock.instant(), roles))
        + ".";
  }

  /** Signs with a new key from now on; the old one stays published. */
  public void rotate() {
    keys.add(Key.generate("k" + (keys.size() + 1)));
  }

  /** The claims inside a token, unchecked: its {@code jti}, for instance. */
  public static JsonNode claims(String token) {
    return decoded(token, 1);
  }

  /** The header of a token, unchecked: its {@code kid}, for instance. */
  public static JsonNode header(String token) {
    return decoded(token, 0);
  }

  private static JsonNode decoded(String token, int part) {
    try {
      return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[part]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private Map<String, Object> claims(long memberId, Instant issued, String... roles) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer());
    claims.put("aud", audience());
    claims.put("sub", Long.toString(memberId));
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("roles", Arrays.asList(roles));
    claims.put("iat", issued.getEpochSecond());
    claims.put("exp", issued.plus(LIFE).getEpochSecond());
    return claims;
  }

  private String jwks() {
    return json(Map.of("keys", keys.stream().map(Key::jwk).toList()));
  }

  private static String sign(Key key, Map<String, Object> claims) {
    return sign(key, Map.of("alg", "RS256", "typ", "at+jwt", "kid", key.id()), claims);
  }

  private String sign(Map<String, Object> header, Map<String, Object> claims) {
    return sign(keys.getLast(), header, claims);
  }

  private static String sign(Key key, Map<String, Object> header, Map<String, Object> claims) {
    String signed = part(header) + "." + part(claims);
    return signed + "." + BASE64.encodeToString(key.sign(signed));
  }

  /** The usual header with another value, or without that name. */
  private Map<String, Object> header(String name, @Nullable Object value) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", "RS256");
    header.put("typ", "at+jwt");
    header.put("kid", keys.getLast().id());
    header.put(name, value);
    header.values().removeIf(Objects::isNull);
    return header;
  }

  private static String part(Map<String, Object> content) {
    return BASE64.encodeToString(json(content).getBytes(StandardCharsets.UTF_8));
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Key(String id, KeyPair pair) {
    static Key generate(String id) {
      try {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return new Key(id, generator.generateKeyPair());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    byte[] sign(String text) {
      try {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(pair.getPrivate());
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return signature.sign();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    Map<String, Object> jwk() {
      RSAPublicKey key = (RSAPublicKey) pair.getPublic();
      return Map.of(
          "kty",
          "RSA",
          "use",
          "sig",
          "alg",
          "RS256",
          "kid",
          id,
          "n",
          unsigned(key.getModulus()),
          "e",
          unsigned(key.getPublicExponent()));
    }

    /** Base64urlUInt of RFC 7518: big-endian without a sign byte. */
    private static String unsigned(BigInteger number) {
      byte[] bytes = number.toByteArray();
      int from = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
      return BASE64.encodeToString(Arrays.copyOfRange(bytes, from, bytes.length));
    }
  }
}
