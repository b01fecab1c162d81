package jangteo.order.events;

import jangteo.chassis.events.Record;
import jangteo.chassis.events.Subscription;
import jangteo.chassis.events.UnprocessableException;
import jangteo.member.v1.MemberChanged;
import jangteo.order.store.MemberNames;
import jangteo.order.store.MemberNames.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps the names of members and shops from the topic {@code members}. */
public final class NameProjection {
  private final MemberNames names;

  /** Writes into this collection. */
  public NameProjection(MemberNames names) {
    this.names = names;
  }

  /** What the service consumes for it. */
  public Subscription subscription() {
    return Subscription.to("members").group("order-member-names").batch(this::write).build();
  }

  private void write(List<Record> records) {
    Map<Long, Names> newest = new LinkedHashMap<>();
    for (Record record : records) {
      Names changed = read(record);
      newest.merge(changed.id(), changed, (a, b) -> b.version() >= a.version() ? b : a);
    }
    names.write(newest.values());
  }

  private static Names read(Record record) {
    if (record.value().isEmpty()) {
      return Names.erased(id(record));
    }
    MemberChanged member = record.parse(MemberChanged.parser());
    return new Names(
        member.getMemberId(), member.getVersion(), member.getName(), member.getShopName());
  }

  private static long id(Record record) {
    try {
      return Long.parseLong(record.key());
    } catch (NumberFormatException e) {
      throw new UnprocessableException("a tombstone for no member: " + record.key(), e);
    }
  }
}
