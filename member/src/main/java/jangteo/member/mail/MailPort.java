package jangteo.member.mail;

import jangteo.member.domain.Email;
import java.util.List;

/** The way out for mails. */
public interface MailPort {

  /**
   * A mail in plain text.
   *
   * @param mailId becomes its {@code Message-ID}: a repeat can be told from a second mail
   */
  record Mail(long mailId, Email to, String subject, String text) {

    /** Hides what it says: what is printed ends in logs. */
    @Override
    public String toString() {
      return "Mail[" + mailId + "]";
    }
  }

  /** What became of a mail. */
  enum Outcome {
    /** The server has taken it. */
    SENT,
    /** The server will never take it. */
    REFUSED,
    /** It may be taken later. */
    FAILED
  }

  /** Sends mails, and answers for each, in their order, what became of it; never throws. */
  List<Outcome> send(List<Mail> mails);
}
