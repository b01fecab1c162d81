/** Mails that end on this machine. */
@org.jspecify.annotations.NullMarked
package jangteo.local.mail;
