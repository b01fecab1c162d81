package jangteo.aggregate.rebuild;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of all product ids, of about the same size as the others: what is kept of the topics for
 * one slice fits in memory, however many products there are.
 */
record Slice(int index, int count) {

  /** So many that each has some {@code most} of these products. */
  static List<Slice> of(long products, int most) {
    int count = Math.toIntExact(Math.max(1, Math.ceilDiv(products, most)));
    List<Slice> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(new Slice(i, count));
    }
    return all;
  }

  boolean contains(long productId) {
    return Math.floorMod(mixed(productId), count) == index;
  }

  /** Ids of one time and one instance lie close together (MurmurHash3's finaliser). */
  private static long mixed(long id) {
    long mixed = (id ^ (id >>> 33)) * 0xff51afd7ed558ccdL;
    return mixed ^ (mixed >>> 33);
  }
}
