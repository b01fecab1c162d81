package jangteo.order.domain;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;

/** Order ids: the same member and idempotency key always name the same order. */
public final class OrderIds {
  private static final long VERSION_8 = 0x8000L;
  private static final long VARIANT_RFC = 0x8000000000000000L;

  private OrderIds() {}

  /** The first 122 bits of SHA-256 over both, as a UUID of version 8 (RFC 9562, section 5.8). */
  public static UUID of(long memberId, String idempotencyKey) {
    ByteBuffer hash =
        ByteBuffer.wrap(Digests.sha256(List.of(Long.toString(memberId), idempotencyKey)));
    long high = hash.getLong();
    long low = hash.getLong();
    return new UUID((high & ~0xf000L) | VERSION_8, (low >>> 2) | VARIANT_RFC);
  }
}
