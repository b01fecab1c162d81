package jangteo.item.api.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import jangteo.chassis.web.Body;
import jangteo.chassis.web.FieldError;
import jangteo.chassis.web.Json;
import jangteo.chassis.web.Problem;
import jangteo.chassis.web.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * CSV (RFC 4180) in UTF-8 with a header; the columns are those of {@link ProductLine}, in any
 * order, and an empty cell is one left out. Attributes and images are JSON in their cells.
 *
 * <p>A cell that a spreadsheet would take for a formula goes out with an apostrophe before it, and
 * one that has it comes in without.
 */
record CsvFormat() implements LineFormat {

  static final String MEDIA_TYPE = "text/csv";

  private static final List<String> COLUMNS =
      List.of(
          "productId",
          "sku",
          "name",
          "description",
          "category",
          "brand",
          "attributes",
          "images",
          "price",
          "currency",
          "quantity",
          "status");

  private static final Set<String> NUMBERS = Set.of("price", "quantity");
  private static final Set<String> STRUCTURED = Set.of("attributes", "images");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,30}");

  /** What spreadsheets calculate (OWASP, CSV injection), and the same behind apostrophes. */
  private static final Pattern FORMULA = Pattern.compile("'*[=+\\-@\\t\\r].*", Pattern.DOTALL);

  private static final CsvMapper CSV =
      CsvMapper.csvBuilder()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.FAIL_ON_MISSING_HEADER_COLUMNS)
          .build();

  private static final ObjectReader RECORD = CSV.readerFor(String[].class);
  private static final ObjectWriter ROW =
      CSV.writer(CsvSchema.emptySchema().withLineSeparator("\r\n"));

  @Override
  public String mediaType() {
    return MEDIA_TYPE;
  }

  @Override
  public Input open(InputStream in) throws IOException {
    LineReader lines = new LineReader(in, true);
    List<String> columns = lines.next().map(header -> columns(header)).orElseGet(List::of);
    return new Input() {
      @Override
      public LineReader lines() {
        return lines;
      }

      @Override
      public ProductLine read(byte[] line) {
        return product(columns, cells(line));
      }
    };
  }

  private static List<String> columns(InputLine header) {
    if (header.tooLong()) {
      throw Problem.badRequest("The header is longer than 64 KiB.").exception();
    }
    List<String> columns = List.of(cells(header.bytes())).stream().map(String::strip).toList();
    Set<String> seen = new HashSet<>();
    List<FieldError> errors = new ArrayList<>();
    for (String column : columns) {
      if (!COLUMNS.contains(column)) {
        errors.add(new FieldError(column, "there is no such column; there are " + COLUMNS));
      } else if (!seen.add(column)) {
        errors.add(new FieldError(column, "stands twice in the header"));
      }
    }
    if (!errors.isEmpty()) {
      throw Problem.badRequest("The header of the CSV is not as expected.")
          .withErrors(errors)
          .exception();
    }
    return columns;
  }

  private static String[] cells(byte[] line) {
    try (var records = RECORD.<String[]>readValues(text(line))) {
      String[] cells = records.nextValue();
      if (!records.hasNextValue()) {
        return cells;
      }
    } catch (IOException | RuntimeException notCsv) {
      throw unreadable(notCsv);
    }
    throw unreadable(null);
  }

  private static String text(byte[] line) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
  }

  private static ProductLine product(List<String> columns, String[] cells) {
    if (cells.length != columns.size()) {
      throw Problem.badRequest(
              "The line has %d cells, the header %d.".formatted(cells.length, columns.size()))
          .exception();
    }
    ObjectNode fields = Json.mapper().createObjectNode();
    for (int i = 0; i < cells.length; i++) {
      if (!cells[i].isEmpty()) {
        fields.set(columns.get(i), value(columns.get(i), cells[i]));
      }
    }
    return Body.convert(fields, ProductLine.class);
  }

  private static JsonNode value(String column, String cell) {
    boolean number = NUMBERS.contains(column) && NUMBER.matcher(cell.strip()).matches();
    if (number || STRUCTURED.contains(column)) {
      return json(column, cell);
    }
    return Json.mapper().getNodeFactory().textNode(shown(cell));
  }

  private static JsonNode json(String column, String cell) {
    try {
      JsonNode value = Json.mapper().readTree(cell);
      if (!value.isMissingNode()) {
        return value;
      }
    } catch (JsonProcessingException e) {
      throw Problem.badRequest(column, "must be JSON").exception();
    }
    throw Problem.badRequest(column, "must be JSON").exception();
  }

  private static String shown(String cell) {
    return cell.startsWith("'") && FORMULA.matcher(cell).matches() ? cell.substring(1) : cell;
  }

  @Override
  public byte[] beginning() {
    return row(COLUMNS);
  }

  @Override
  public byte[] write(ProductLine line) {
    JsonNode fields = Json.mapper().valueToTree(line);
    return row(COLUMNS.stream().map(column -> cell(column, fields.path(column))).toList());
  }

  private static String cell(String column, JsonNode value) {
    if (value.isEmpty() && value.isContainerNode()) {
      return "";
    }
    return STRUCTURED.contains(column) ? value.toString() : defused(value.asText());
  }

  private static String defused(String text) {
    return FORMULA.matcher(text).matches() ? "'" + text : text;
  }

  private static byte[] row(List<String> cells) {
    try {
      return ROW.writeValueAsBytes(cells);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProblemException unreadable(@Nullable Exception cause) {
    ProblemException problem =
        Problem.badRequest("The line is not well-formed CSV in UTF-8.").exception();
    if (cause != null) {
      problem.initCause(cause);
    }
    return problem;
  }
}
