package jangteo.member.store;

import jangteo.chassis.data.Sql;
import java.time.Instant;
import java.util.List;

/** The table {@code signing_keys}. */
public final class SigningKeyTable {

  /** How a private key is kept. */
  public enum Protection {
    /** PKCS #8 as it is: whoever reads the table can sign. */
    PLAIN,
    /** PKCS #8 under AES-256-GCM; the first 12 bytes are the nonce. */
    AES_256_GCM
  }

  /**
   * A key as it is stored.
   *
   * @param generation 1 for the first key, growing
   * @param keyId the {@code kid}
   * @param privateKey PKCS #8, protected
   * @param protection how
   * @param publicKey X.509 SubjectPublicKeyInfo
   * @param createdAt when it was made and published
   * @param signsFrom from when on tokens are signed with it
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record StoredKey(
      long generation,
      String keyId,
      byte[] privateKey,
      Protection protection,
      byte[] publicKey,
      Instant createdAt,
      Instant signsFrom) {}

  /** All keys, the newest first. */
  public List<StoredKey> all(Sql sql) {
    return sql.all("SELECT * FROM signing_keys ORDER BY generation DESC").stream()
        .map(
            row ->
                new StoredKey(
                    row.whole("generation"),
                    row.text("key_id"),
                    row.bytes("private_key"),
                    row.choice("protection", Protection.class),
                    row.bytes("public_key"),
                    row.instant("created_at"),
                    row.instant("signs_from")))
        .toList();
  }

  /** Adds a key unless another instance has added one of that generation. */
  public void add(Sql sql, StoredKey key) {
    sql.execute(
        """
        INSERT IGNORE INTO signing_keys (generation, key_id, private_key, protection, public_key,
                                         created_at, signs_from)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        key.generation(),
        key.keyId(),
        key.privateKey(),
        key.protection(),
        key.publicKey(),
        key.createdAt(),
        key.signsFrom());
  }
}
