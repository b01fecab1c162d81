/** Mails to members, by a port that an SMTP server is behind. */
package jangteo.member.mail;
