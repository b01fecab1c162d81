package jangteo.item.domain;

/** Whether a listing can be bought; only the seller changes it. */
public enum ListingStatus {
  ON_SALE,
  PAUSED,
  ENDED
}
