package jangteo.item.api.bulk;

import io.helidon.common.media.type.MediaType;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HttpMediaType;
import io.helidon.webserver.http.ServerRequest;
import jangteo.chassis.web.Problem;
import java.io.IOException;
import java.io.InputStream;

/** How products stand in lines: NDJSON or CSV. */
sealed interface LineFormat permits NdjsonFormat, CsvFormat {

  /** The media type. */
  String mediaType();

  /** Cuts the input into lines and reads what comes before the first of them, if anything does. */
  Input open(InputStream in) throws IOException;

  /** What comes before the first line; empty when nothing does. */
  byte[] beginning();

  /** A line, with its end. */
  byte[] write(ProductLine line);

  /** The lines of an input, and how to read each. */
  interface Input {

    /** The lines. */
    LineReader lines();

    /**
     * What a line says.
     *
     * @throws jangteo.chassis.web.ProblemException 400 when it cannot be read, naming the field
     */
    ProductLine read(byte[] line);
  }

  /** The format of a request's body; 415 for any other. */
  static LineFormat ofBody(ServerRequest request) {
    String type =
        request
            .headers()
            .contentType()
            .map(HttpMediaType::mediaType)
            .map(MediaType::text)
            .orElse("");
    if (type.equalsIgnoreCase(NdjsonFormat.MEDIA_TYPE)) {
      return new NdjsonFormat();
    }
    if (type.equalsIgnoreCase(CsvFormat.MEDIA_TYPE)) {
      return new CsvFormat();
    }
    throw Problem.of(
            415,
            "unsupported-media-type",
            "Media type not supported",
            "Send the body with Content-Type: application/x-ndjson or text/csv.")
        .exception();
  }

  /** The format that the caller prefers; NDJSON for one that does not mind, 406 for another. */
  static LineFormat accepted(ServerRequest request) {
    MediaType ndjson = MediaTypes.create(NdjsonFormat.MEDIA_TYPE);
    MediaType csv = MediaTypes.create(CsvFormat.MEDIA_TYPE);
    return request
        .headers()
        .bestAccepted(ndjson, csv)
        .<LineFormat>map(type -> type.equals(csv) ? new CsvFormat() : new NdjsonFormat())
        .orElseThrow(
            () ->
                Problem.of(
                        406,
                        "not-acceptable",
                        "Not to be had in this form",
                        "There are application/x-ndjson and text/csv.")
                    .exception());
  }
}
