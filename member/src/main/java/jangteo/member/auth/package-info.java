/** Passwords, keys, tokens, and what it takes to log in and out (design, section 9). */
package jangteo.member.auth;
