package jangteo.member.domain;

/** What the security log tells of an account. */
public enum SecurityEvent {
  /** A member was made. */
  SIGNED_UP,
  /** A session began. */
  LOGGED_IN,
  /** A password was wrong, or there was no such account (an entry without a member). */
  LOGIN_FAILED,
  /** The right password of a suspended member. */
  LOGIN_REFUSED,
  /** A refresh token was used a second time, and its session has ended. */
  REFRESH_REUSED,
  /** A session was ended by its own token. */
  LOGGED_OUT,
  /** All sessions were ended by the member. */
  LOGGED_OUT_EVERYWHERE,
  /** A session was ended by another one of the member. */
  SESSION_ENDED,
  /** The member chose another password. */
  PASSWORD_CHANGED,
  /** The member chose another password by a mail. */
  PASSWORD_RESET,
  /** The member proved that it reads its mail. */
  EMAIL_VERIFIED,
  /** The member is asked for codes of its app from now on. */
  SECOND_FACTOR_ADDED,
  /** The member is asked for its password alone again. */
  SECOND_FACTOR_REMOVED,
  /** The right password, but not the right code. */
  SECOND_FACTOR_FAILED,
  /** The admin published a new signing key. */
  SIGNING_KEY_ADDED,
  /** The member became a seller. */
  SHOP_OPENED,
  /** An admin suspended the member. */
  SUSPENDED,
  /** An admin let the member in again. */
  REINSTATED,
  /** The member took its data with it. */
  EXPORTED,
  /** The member is gone; its id is all that is left. */
  ERASED
}
