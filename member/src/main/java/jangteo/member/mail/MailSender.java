package jangteo.member.mail;

import jangteo.chassis.data.Database;
import jangteo.chassis.data.Transaction;
import jangteo.member.auth.MailTokenMaker;
import jangteo.member.domain.Member;
import jangteo.member.mail.MailPort.Mail;
import jangteo.member.mail.MailPort.Outcome;
import jangteo.member.store.Mails;
import jangteo.member.store.Mails.Due;
import jangteo.member.store.Members;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sends what is due, outside of every transaction: each at least once, each attempt with a token of
 * its own. What nobody was meant by is forgotten here, where it takes no client's time: a client
 * cannot tell whether there is such a member.
 */
public final class MailSender {

  private static final int AT_ONCE = 20;

  /** Longer than a batch can take. */
  private static final Duration LEASE = Duration.ofMinutes(5);

  private static final int LONGEST_PAUSE_SECONDS = 600;

  private final Database database;
  private final Mails mails;
  private final Members members;
  private final MailTokenMaker tokens;
  private final MailTexts texts;
  private final MailPort port;

  /** Wires it. */
  public MailSender(
      Database database,
      Mails mails,
      Members members,
      MailTokenMaker tokens,
      MailTexts texts,
      MailPort port) {
    this.database = database;
    this.mails = mails;
    this.members = members;
    this.tokens = tokens;
    this.texts = texts;
    this.port = port;
  }

  private record Ready(Due due, Mail mail) {}

  /** Sends some of what is due; whether there may be more. */
  public boolean send() {
    List<Ready> ready = database.inTransaction(this::take);
    if (ready.isEmpty()) {
      return false;
    }
    List<Outcome> outcomes = port.send(ready.stream().map(Ready::mail).toList());
    database.transact(
        tx -> {
          for (int i = 0; i < ready.size(); i++) {
            settle(tx, ready.get(i).due(), outcomes.get(i));
          }
        });
    return ready.size() == AT_ONCE && !outcomes.contains(Outcome.FAILED);
  }

  private List<Ready> take(Transaction tx) {
    List<Ready> ready = new ArrayList<>();
    for (Due due : mails.take(tx, AT_ONCE, LEASE)) {
      Optional<Member> member = members.find(tx, due.to());
      if (member.isPresent()) {
        ready.add(new Ready(due, mail(tx, due, member.get())));
      } else {
        mails.delete(tx, due.mailId());
      }
    }
    return ready;
  }

  private Mail mail(Transaction tx, Due due, Member member) {
    String token =
        due.kind()
            .tokenLife()
            .map(life -> tokens.make(tx, due.kind(), member.memberId(), life))
            .orElse("");
    MailTexts.Text text = texts.of(due.kind(), token);
    return new Mail(due.mailId(), due.to(), text.subject(), text.text());
  }

  private void settle(Transaction tx, Due due, Outcome outcome) {
    switch (outcome) {
      case SENT, REFUSED -> mails.delete(tx, due.mailId());
      case FAILED -> mails.postpone(tx, due.mailId(), pause(due.attempts()));
    }
  }

  /** A second, doubling up to ten minutes. */
  private static Duration pause(int attempts) {
    return Duration.ofSeconds(Math.min(LONGEST_PAUSE_SECONDS, 1L << Math.min(attempts, 20)));
  }
}
