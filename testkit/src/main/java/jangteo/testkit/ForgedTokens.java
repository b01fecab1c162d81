package jangteo.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Forged and broken tokens as anybody can make them who has a good one and the published keys: the
 * attacks of RFC 8725 and of its predecessors in the field.
 */
public final class ForgedTokens {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final KeyPair STRANGER = keyPair();

  private final String header;
  private final String payload;
  private final String signature;
  private final JsonNode jwks;
  private final Map<String, String> all = new LinkedHashMap<>();

  private ForgedTokens(String good, String jwks) throws IOException {
    String[] parts = good.split("\\.", -1);
    this.header = parts[0];
    this.payload = parts[1];
    this.signature = parts[2];
    this.jwks = JSON.readTree(jwks);
  }

  /**
   * Each by what is wrong with it.
   *
   * @param good a token that works
   * @param jwks the published keys as JSON (RFC 7517), its key the first of them
   */
  public static Map<String, String> of(String good, String jwks) {
    try {
      ForgedTokens forged = new ForgedTokens(good, jwks);
      forged.unsigned();
      forged.byThePublicKeyAsSecret();
      forged.underAnotherAlgorithm();
      forged.byAStranger();
      forged.changed();
      forged.broken();
      return forged.all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void unsigned() {
    for (String none : new String[] {"none", "None", "NONE", "nOnE"}) {
      all.put("alg " + none, with("alg", none) + "." + admin() + ".");
    }
    all.put(
        "alg none with the old signature", with("alg", "none") + "." + admin() + "." + signature);
    all.put("no algorithm", without("alg") + "." + payload + "." + signature);
    all.put("the algorithm null", with("alg", null) + "." + payload + ".");
    all.put("no signature", header + "." + payload + ".");
    all.put(
        "two algorithms",
        encoded("{\"alg\":\"RS256\",\"alg\":\"none\",\"kid\":\"" + keyId() + "\"}")
            + "."
            + admin()
            + ".");
  }

  private void byThePublicKeyAsSecret() throws GeneralSecurityException {
    PublicKey key = publicKey();
    byte[] pem =
        ("-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n")
            .getBytes(StandardCharsets.US_ASCII);
    all.put("HS256 by the public key as PEM", hmac("HS256", "HmacSHA256", pem));
    all.put("HS384 by the public key as PEM", hmac("HS384", "HmacSHA384", pem));
    all.put("HS512 by the public key as PEM", hmac("HS512", "HmacSHA512", pem));
    all.put("HS256 by the public key as DER", hmac("HS256", "HmacSHA256", key.getEncoded()));
    all.put("HS256 by the modulus", hmac("HS256", "HmacSHA256", published("n")));
    all.put("HS256 by the key's id", hmac("HS256", "HmacSHA256", published("kid")));
    all.put("HS256 by a zero byte", hmac("HS256", "HmacSHA256", new byte[1]));
    all.put("RS256 with an HMAC by the public key", hmac("RS256", "HmacSHA256", pem));
  }

  private void underAnotherAlgorithm() {
    for (String other : new String[] {"RS384", "RS512", "PS256", "EdDSA", "rs256", "HS256"}) {
      all.put(
          other + " with the old signature", with("alg", other) + "." + payload + "." + signature);
    }
    all.put(
        "ES256 with zeros for a signature",
        with("alg", "ES256") + "." + admin() + "." + BASE64.encodeToString(new byte[64]));
  }

  private void byAStranger() throws GeneralSecurityException {
    RSAPublicKey key = (RSAPublicKey) STRANGER.getPublic();
    Map<String, Object> jwk =
        Map.of(
            "kty",
            "RSA",
            "kid",
            "mine",
            "n",
            number(key.getModulus()),
            "e",
            number(key.getPublicExponent()));
    all.put("a stranger's signature", signed(_ -> {}));
    all.put("a stranger's key, not published", signed(head -> head.put("kid", "mine")));
    all.put("a stranger's key, not named", signed(head -> head.remove("kid")));
    all.put("a key that is no text", signed(head -> head.put("kid", 1)));
    all.put("a key of another table", signed(head -> head.put("kid", "' OR '1'='1")));
    all.put("a key of another file", signed(head -> head.put("kid", "../../../../dev/null")));
    all.put("a key in the token", signed(head -> head.set("jwk", JSON.valueToTree(jwk))));
    all.put("a key at an address", signed(head -> head.put("jku", "http://127.0.0.1:1/jwks.json")));
    all.put("a certificate at an address", signed(head -> head.put("x5u", "http://127.0.0.1:1/")));
    all.put(
        "a certificate in the token",
        signed(
            head ->
                head.putArray("x5c").add(Base64.getEncoder().encodeToString(key.getEncoded()))));
  }

  private void changed() {
    all.put("a role more", header + "." + admin() + "." + signature);
    all.put("another member", header + "." + claim("sub", "1") + "." + signature);
    all.put("a longer life", header + "." + claim("exp", 4_102_444_800L) + "." + signature);
    Map.of("exp", "", "iat", "now", "nbf", Map.of(), "iss", 1, "aud", 1, "sub", List.of(), "jti", 1)
        .forEach(
            (name, value) ->
                all.put(
                    name + " of another type",
                    header + "." + claim(name, value) + "." + signature));
    for (String name : List.of("typ", "alg", "kid", "cty")) {
      ObjectNode head = (ObjectNode) decoded(header);
      head.putArray(name);
      all.put(name + " that is a list", encoded(head.toString()) + "." + payload + "." + signature);
    }
    all.put("another kid in front", with("kid", "mine") + "." + payload + "." + signature);
    byte[] flipped = Base64.getUrlDecoder().decode(signature);
    flipped[flipped.length / 2] ^= 1;
    all.put(
        "a bit of the signature", header + "." + payload + "." + BASE64.encodeToString(flipped));
    all.put(
        "half a signature",
        header
            + "."
            + payload
            + "."
            + BASE64.encodeToString(Arrays.copyOf(flipped, flipped.length / 2)));
    all.put("a signature twice", header + "." + payload + "." + signature + signature);
  }

  private void broken() {
    all.put("two parts", header + "." + payload);
    all.put("four parts", header + "." + payload + "." + signature + "." + signature);
    all.put(
        "five parts, as if encrypted", String.join(".", header, "", payload, signature, signature));
    all.put("dots", "..");
    all.put("a header that is no JSON", encoded("RS256") + "." + payload + "." + signature);
    all.put("a payload that is no JSON", header + "." + encoded("admin") + "." + signature);
    all.put("a payload that is a list", header + "." + encoded("[]") + "." + signature);
    all.put("a payload without end", header + "." + encoded("{\"sub\":\"1\"") + "." + signature);
    all.put("no Base64", "***.***.***");
    all.put(
        "a JWS in JSON", "{\"payload\":\"%s\",\"signature\":\"%s\"}".formatted(payload, signature));
    all.put("ten thousand letters", "x".repeat(10_000));
  }

  private String admin() {
    ObjectNode claims = (ObjectNode) decoded(payload);
    claims.putArray("roles").add("ADMIN");
    return encoded(claims.toString());
  }

  private String claim(String name, Object value) {
    ObjectNode claims = (ObjectNode) decoded(payload);
    claims.set(name, JSON.valueToTree(value));
    return encoded(claims.toString());
  }

  private String with(String name, @Nullable String value) {
    ObjectNode head = (ObjectNode) decoded(header);
    head.put(name, value);
    return encoded(head.toString());
  }

  private String without(String name) {
    ObjectNode head = (ObjectNode) decoded(header);
    head.remove(name);
    return encoded(head.toString());
  }

  private String hmac(String algorithm, String mac, byte[] secret) throws GeneralSecurityException {
    String text = with("alg", algorithm) + "." + admin();
    Mac hmac = Mac.getInstance(mac);
    hmac.init(new SecretKeySpec(secret, mac));
    return text
        + "."
        + BASE64.encodeToString(hmac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private String signed(Consumer<ObjectNode> change) throws GeneralSecurityException {
    ObjectNode head = (ObjectNode) decoded(header);
    change.accept(head);
    String text = encoded(head.toString()) + "." + admin();
    Signature signing = Signature.getInstance("SHA256withRSA");
    signing.initSign(STRANGER.getPrivate());
    signing.update(text.getBytes(StandardCharsets.US_ASCII));
    return text + "." + BASE64.encodeToString(signing.sign());
  }

  private String keyId() {
    return jwks.at("/keys/0/kid").asText();
  }

  private byte[] published(String name) {
    return jwks.at("/keys/0/" + name).asText().getBytes(StandardCharsets.US_ASCII);
  }

  private PublicKey publicKey() throws GeneralSecurityException {
    return KeyFactory.getInstance("RSA")
        .generatePublic(new RSAPublicKeySpec(number("n"), number("e")));
  }

  private BigInteger number(String name) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(jwks.at("/keys/0/" + name).asText()));
  }

  private static String number(BigInteger number) {
    return BASE64.encodeToString(number.toByteArray());
  }

  private static JsonNode decoded(String part) {
    try {
      return JSON.readTree(Base64.getUrlDecoder().decode(part));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String encoded(String json) {
    return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
