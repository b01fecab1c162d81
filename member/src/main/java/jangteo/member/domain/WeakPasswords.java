package jangteo.member.domain;

import java.text.Normalizer;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Passwords that are guessed first (NIST SP 800-63B, 3.1.1.2; OWASP ASVS 5.0, 6.2.4): common ones,
 * however they are dressed up, walks over the keyboard, repetitions, and what is known of the
 * member or the shop. Everything else is left to the member: there is no rule of composition.
 */
public final class WeakPasswords {

  private static final Set<String> OF_THE_SHOP = Set.of("jangteo", "장터");

  /** Letters that others are written for. */
  private static final Map<Character, Character> DRESSED =
      Map.of(
          '0', 'o', '1', 'i', '3', 'e', '4', 'a', '5', 's', '7', 't', '@', 'a', '$', 's', '!', 'i');

  private static final List<String> WALKS =
      List.of(
              "abcdefghijklmnopqrstuvwxyz",
              "01234567890",
              "qwertyuiop[]",
              "asdfghjkl;'",
              "zxcvbnm,./",
              "!@#$%^&*()",
              "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
              "1q2w3e4r5t6y7u8i9o0p",
              "qazwsxedcrfvtgbyhnujmikolp",
              "qawsedrftgyhujikolp",
              "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ",
              "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ",
              "ㅋㅌㅊㅍㅠㅜㅡ")
          .stream()
          .map(walk -> Normalizer.normalize(walk, Normalizer.Form.NFKC))
          .flatMap(walk -> Stream.of(walk, new StringBuilder(walk).reverse().toString()))
          .toList();

  private static final int SHORTEST_STEP = 3;
  private static final int LONGEST_UNIT = 4;
  private static final int SHORTEST_WORD = 3;

  private final Set<String> common;

  /**
   * Knows these.
   *
   * @param common words and passwords, in lower case
   */
  public WeakPasswords(Collection<String> common) {
    this.common = Set.copyOf(common);
  }

  /**
   * Why the password must not be set; empty when it may.
   *
   * @param own what is known of the member, such as its e-mail address and its name
   */
  public Optional<String> objection(Password password, Collection<String> own) {
    String text = password.text().toLowerCase(Locale.ROOT);
    if (isCommon(text)) {
      return Optional.of("is one of the passwords that are guessed first");
    }
    if (isRepetition(text) || isWalk(text)) {
      return Optional.of("is a repetition or a row of keys");
    }
    if (isOwn(text, own)) {
      return Optional.of("is little more than the shop's name, or one's own name or address");
    }
    return Optional.empty();
  }

  /** With or without what is put around a word, and with letters for what looks like them. */
  private boolean isCommon(String text) {
    String bare = undressed(text);
    return Stream.of(text, unsigned(text), core(text), bare, core(bare)).anyMatch(common::contains);
  }

  private static boolean isRepetition(String text) {
    for (int unit = 1; unit <= LONGEST_UNIT; unit++) {
      String times = text.substring(0, unit).repeat(text.length() / unit + 1);
      if (text.length() > unit && times.startsWith(text)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it is nothing but steps of three keys and more. */
  private static boolean isWalk(String text) {
    int from = 0;
    while (from < text.length()) {
      int step = longestStep(text.substring(from));
      if (step < SHORTEST_STEP) {
        return false;
      }
      from += step;
    }
    return true;
  }

  private static int longestStep(String text) {
    int longest = 0;
    for (String walk : WALKS) {
      while (longest < text.length() && walk.contains(text.substring(0, longest + 1))) {
        longest++;
      }
    }
    return longest;
  }

  private static boolean isOwn(String text, Collection<String> own) {
    String rest = text;
    for (String word : words(own)) {
      rest = rest.replace(word, "");
    }
    return !rest.equals(text) && letters(rest) < SHORTEST_WORD;
  }

  /** The longest first: what is left of a shorter one would be no word any more. */
  private static List<String> words(Collection<String> own) {
    Set<String> words =
        own.stream()
            .map(text -> text.toLowerCase(Locale.ROOT))
            .flatMap(text -> Stream.of(text.split("[\\s@._+-]+")))
            .filter(word -> word.codePointCount(0, word.length()) >= SHORTEST_WORD)
            .collect(Collectors.toSet());
    words.addAll(OF_THE_SHOP);
    return words.stream().sorted((a, b) -> b.length() - a.length()).toList();
  }

  private static long letters(String text) {
    return text.chars().filter(Character::isLetter).count();
  }

  /** Without the signs around it: many common ones end in digits of their own. */
  private static String unsigned(String text) {
    return text.replaceAll("^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{N}]+$", "");
  }

  /** Without the digits and signs around it. */
  private static String core(String text) {
    return text.replaceAll("^[^\\p{L}]+|[^\\p{L}]+$", "");
  }

  private static String undressed(String text) {
    StringBuilder bare = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      bare.append(DRESSED.getOrDefault(text.charAt(i), text.charAt(i)));
    }
    return bare.toString();
  }
}
