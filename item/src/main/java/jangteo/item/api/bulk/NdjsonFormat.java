package jangteo.item.api.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import jangteo.chassis.web.Body;
import jangteo.chassis.web.Json;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** One JSON object per line. */
record NdjsonFormat() implements LineFormat {

  static final String MEDIA_TYPE = "application/x-ndjson";

  @Override
  public String mediaType() {
    return MEDIA_TYPE;
  }

  @Override
  public Input open(InputStream in) {
    LineReader lines = new LineReader(in, false);
    return new Input() {
      @Override
      public LineReader lines() {
        return lines;
      }

      @Override
      public ProductLine read(byte[] line) {
        return Body.parse(line, ProductLine.class);
      }
    };
  }

  @Override
  public byte[] beginning() {
    return new byte[0];
  }

  @Override
  public byte[] write(ProductLine line) {
    return line(line);
  }

  /** Anything as a line. */
  static byte[] line(Object value) {
    try {
      byte[] json = Json.mapper().writeValueAsBytes(value);
      byte[] line = Arrays.copyOf(json, json.length + 1);
      line[json.length] = '\n';
      return line;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
