package jangteo.chassis.security;

import io.helidon.security.jwt.jwk.JwkKeys;
import jangteo.chassis.web.ProblemException;

/** Where the public keys of access tokens come from. */
@FunctionalInterface
public interface SigningKeys {

  /**
   * The present keys.
   *
   * @param keyId the key that a token names; when it is unknown, the source looks for newer keys
   * @throws ProblemException 503 when no keys are known yet
   */
  JwkKeys forKey(String keyId);
}
