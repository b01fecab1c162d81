package jangteo.review.domain;

import java.util.List;

/**
 * A review as an admin sees it.
 *
 * @param openReports how many members reported it since an admin last decided on it
 * @param reports the newest, the newest first; also those that were decided on
 */
public record Moderated(
    Listed listed, Moderation moderation, long openReports, List<Report> reports) {

  /** Copies the reports. */
  public Moderated {
    reports = List.copyOf(reports);
  }

  /** The same with these reports. */
  public Moderated with(List<Report> these) {
    return new Moderated(listed, moderation, openReports, these);
  }
}
