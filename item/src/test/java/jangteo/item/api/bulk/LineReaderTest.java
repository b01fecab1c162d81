package jangteo.item.api.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineReaderTest {

  private static List<String> read(boolean quotes, String text) throws IOException {
    LineReader reader = new LineReader(new ByteArrayInputStream(text.getBytes(UTF_8)), quotes);
    List<String> lines = new ArrayList<>();
    for (Optional<InputLine> line = reader.next(); line.isPresent(); line = reader.next()) {
      InputLine found = line.get();
      lines.add(
          found.number() + " " + (found.tooLong() ? "too long" : new String(found.bytes(), UTF_8)));
    }
    return lines;
  }

  @Test
  void linesHaveTheirNumbers() throws IOException {
    assertThat(read(false, "\ufeffa\r\n\n  \nb\n\nc")).containsExactly("1 a", "4 b", "6 c");
    assertThat(read(false, "")).isEmpty();
    assertThat(read(false, "\n")).isEmpty();
    assertThat(read(false, "a\"\nb")).containsExactly("1 a\"", "2 b");
  }

  @Test
  void aRecordGoesOnWhileAQuoteIsOpen() throws IOException {
    assertThat(read(true, "\"a\nb\"\"\n\",c\r\nd\n")).containsExactly("1 \"a\nb\"\"\n\",c", "4 d");
  }

  @Test
  void theLongestLineIsALineAndOneMoreByteIsTooLong() throws IOException {
    String longest = "x".repeat(LineReader.LONGEST);
    assertThat(read(false, longest + "\n" + longest + "x\ny"))
        .containsExactly("1 " + longest, "2 too long", "3 y");
    assertThat(read(false, longest + longest + longest)).containsExactly("1 too long");
  }

  @Test
  void aQuoteThatIsNeverClosedCostsOneRecord() throws IOException {
    String text = "\"open\n" + "filler line\n".repeat(6_000) + "last\n";
    List<String> lines = read(true, text);
    assertThat(lines.getFirst()).isEqualTo("1 too long");
    assertThat(lines).last().isEqualTo("6002 last");
  }
}
