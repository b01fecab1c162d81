package jangteo.member.auth;

import io.helidon.security.jwt.jwk.JwkKeys;
import io.helidon.security.jwt.jwk.JwkRSA;
import java.math.BigInteger;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The keys that sign and verify access tokens (RS256).
 *
 * @param keys the newest first; never empty
 * @param verifying their public halves
 */
record KeySet(List<Key> keys, JwkKeys verifying) {

  /** One pair; {@code signsFrom}: tokens are signed with it from then on. */
  record Key(String keyId, RSAPublicKey publicKey, RSAPrivateKey privateKey, Instant signsFrom) {

    JwkRSA signing() {
      return JwkRSA.builder()
          .keyId(keyId)
          .algorithm(JwkRSA.ALG_RS256)
          .publicKey(publicKey)
          .privateKey(privateKey)
          .build();
    }

    JwkRSA verifying() {
      return JwkRSA.builder().keyId(keyId).algorithm(JwkRSA.ALG_RS256).publicKey(publicKey).build();
    }
  }

  /** A public key in the form of RFC 7517. */
  record PublicJwk(String kty, String use, String alg, String kid, String n, String e) {}

  /** The set of RFC 7517. */
  record Jwks(List<PublicJwk> keys) {}

  /** The newest key whose time has come: a key is published before it signs. */
  Key signingAt(Instant now) {
    return keys.stream()
        .filter(key -> !key.signsFrom().isAfter(now))
        .findFirst()
        .orElseGet(keys::getLast);
  }

  static KeySet of(List<Key> keys) {
    JwkKeys.Builder verifying = JwkKeys.builder();
    keys.forEach(key -> verifying.addKey(key.verifying()));
    return new KeySet(keys, verifying.build());
  }

  Jwks published() {
    return new Jwks(
        keys.stream()
            .map(
                key ->
                    new PublicJwk(
                        "RSA",
                        "sig",
                        "RS256",
                        key.keyId(),
                        base64(key.publicKey().getModulus()),
                        base64(key.publicKey().getPublicExponent())))
            .toList());
  }

  /** Base64urlUInt of RFC 7518, 2: big-endian without the sign byte. */
  private static String base64(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int from = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOfRange(bytes, from, bytes.length));
  }
}
