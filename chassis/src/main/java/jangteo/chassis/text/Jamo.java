package jangteo.chassis.text;

/**
 * Korean text as the keys that type it: 폰 is ㅍㅗㄴ.
 *
 * <p>Spelled so, what somebody has typed so far is a prefix of the word they mean, also in the
 * middle of a syllable (이어ㅍ, 이어포) and while a consonant still hangs at the syllable before it (읻 on
 * the way to 이더). Vowels and finals made of two keys are two letters; letters of other scripts stay
 * as they are. The arithmetic is that of the Unicode Standard, section 3.12.
 */
final class Jamo {

  private static final int FIRST = 0xAC00;
  private static final int LAST = 0xD7A3;
  private static final int VOWELS = 21;
  private static final int FINALS = 28;

  private static final String[] INITIAL = "ㄱ ㄲ ㄴ ㄷ ㄸ ㄹ ㅁ ㅂ ㅃ ㅅ ㅆ ㅇ ㅈ ㅉ ㅊ ㅋ ㅌ ㅍ ㅎ".split(" ");
  private static final String[] VOWEL =
      "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ".split(" ");
  private static final String[] FINAL =
      "- ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ".split(" ");

  private Jamo() {}

  /** The consonants that begin these syllables; what is no syllable stays. */
  static String initials(String syllables) {
    StringBuilder initials = new StringBuilder(syllables.length());
    for (int i = 0; i < syllables.length(); i++) {
      char letter = syllables.charAt(i);
      boolean syllable = letter >= FIRST && letter <= LAST;
      initials.append(syllable ? INITIAL[(letter - FIRST) / (VOWELS * FINALS)] : letter);
    }
    return initials.toString();
  }

  static String of(String text) {
    StringBuilder keys = new StringBuilder(text.length() * 3);
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (letter >= FIRST && letter <= LAST) {
        int syllable = letter - FIRST;
        keys.append(INITIAL[syllable / (VOWELS * FINALS)]);
        keys.append(VOWEL[syllable / FINALS % VOWELS]);
        if (syllable % FINALS != 0) {
          keys.append(FINAL[syllable % FINALS]);
        }
      } else if (letter >= 0x1100 && letter < 0x1100 + INITIAL.length) {
        keys.append(INITIAL[letter - 0x1100]);
      } else if (letter >= 0x1161 && letter < 0x1161 + VOWELS) {
        keys.append(VOWEL[letter - 0x1161]);
      } else if (letter > 0x11A7 && letter < 0x11A7 + FINALS) {
        keys.append(FINAL[letter - 0x11A7]);
      } else {
        keys.append(letter);
      }
    }
    return keys.toString();
  }
}
