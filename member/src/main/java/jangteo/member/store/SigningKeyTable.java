package jangteo.member.store;

import jangteo.chassis.data.Row;
import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
        .map(SigningKeyTable::read)
        .toList();
  }

  /** The newest key, locked: one at a time adds the next. */
  public Optional<StoredKey> lockNewest(Transaction tx) {
    return tx.one("SELECT * FROM signing_keys ORDER BY generation DESC LIMIT 1 FOR UPDATE")
        .map(SigningKeyTable::read);
  }

  /**
   * Adds a key.
   *
   * @return whether no other instance had added one of that generation
   */
  public boolean add(Transaction tx, StoredKey key) {
    return tx.execute(
            """
            INSERT IGNORE INTO signing_keys (generation, key_id, private_key, protection,
                                             public_key, created_at, signs_from)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            key.generation(),
            key.keyId(),
            key.privateKey(),
            key.protection(),
            key.publicKey(),
            key.createdAt(),
            key.signsFrom())
        > 0;
  }

  /** Forgets the keys before that generation. */
  public void removeBefore(Transaction tx, long generation) {
    tx.execute("DELETE FROM signing_keys WHERE generation < ?", generation);
  }

  private static StoredKey read(Row row) {
    return new StoredKey(
        row.whole("generation"),
        row.text("key_id"),
        row.bytes("private_key"),
        row.choice("protection", Protection.class),
        row.bytes("public_key"),
        row.instant("created_at"),
        row.instant("signs_from"));
  }
}
