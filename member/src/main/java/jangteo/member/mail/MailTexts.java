package jangteo.member.mail;

import jangteo.member.domain.MailKind;

/**
 * What mails say, in Korean and in English: nobody's name, for a mail may reach another than it is
 * meant for.
 */
public final class MailTexts {

  record Text(String subject, String text) {}

  private final String verifyLink;
  private final String resetLink;

  /**
   * Where the shop's pages take a token; each link is followed by it. Empty for a shop without
   * pages: the mail then has the token alone.
   */
  public MailTexts(String verifyLink, String resetLink) {
    this.verifyLink = verifyLink;
    this.resetLink = resetLink;
  }

  Text of(MailKind kind, String token) {
    return switch (kind) {
      case VERIFY_EMAIL ->
          new Text(
              "[장터] 이메일 주소 확인 / Confirm your e-mail address",
              """
              장터에 가입하셨다면 아래 코드로 이메일 주소를 확인해 주세요. 24시간 동안 쓸 수 있습니다.
              If you have joined Jangteo, confirm your address with this code within 24 hours:

              %s

              가입하지 않으셨다면 이 메일을 무시하세요.
              If it was not you, ignore this mail.
              """
                  .formatted(verifyLink + token));
      case RESET_PASSWORD ->
          new Text(
              "[장터] 비밀번호 재설정 / Choose another password",
              """
              아래 코드로 새 비밀번호를 정할 수 있습니다. 30분 동안 한 번만 쓸 수 있습니다.
              With this code you can choose another password, once, within 30 minutes:

              %s

              요청하지 않으셨다면 이 메일을 무시하세요. 비밀번호는 그대로입니다.
              If it was not you who asked, ignore this mail: your password stays.
              """
                  .formatted(resetLink + token));
      case PASSWORD_CHANGED ->
          new Text(
              "[장터] 비밀번호가 바뀌었습니다 / Your password was changed",
              """
              장터 비밀번호가 바뀌었습니다. 본인이 바꾸지 않았다면 바로 비밀번호를 재설정하세요.
              The password of your account was changed. If it was not you, choose another one at once.
              """);
    };
  }
}
