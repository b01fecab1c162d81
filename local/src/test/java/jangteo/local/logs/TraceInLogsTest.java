package jangteo.local.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceInLogsTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String OTHER = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

  @TempDir Path logs;

  @Test
  void linesOfAllPartsStandInTheOrderOfTheirTimes() throws Exception {
    Files.writeString(
        logs.resolve("gateway.log"),
        """
        [2026-11-27 04:50:01.662][warning] it names %1$s and is of no trace
        {"method":"POST","millis":12,"path":"/api/v1/orders","service":"order","status":202,\
        "time":"2026-11-27T04:49:35.849Z","traceId":"%1$s"}
        {"method":"GET","millis":1,"path":"/x","service":"order","status":200,\
        "time":"2026-11-27T04:49:35.850Z","traceId":"%2$s"}
        """
            .formatted(TRACE, OTHER));
    Files.writeString(
        logs.resolve("payment.log"),
        """
        {"timestamp":1795754975900,"level":"WARN","loggerName":"jangteo.payment.Worker",\
        "kvpList": [{"orderId":"7"}],"mdc": {"trace_id":"%1$s","span_id":"1"},\
        "formattedMessage":"no answer","throwable":{"className":"java.io.IOException",\
        "message":"reset","cause":{"className":"java.net.SocketException","message":"closed"}}}
        {"timestamp":1795754975901,"level":"INFO","loggerName":"jangteo.payment.Worker",\
        "mdc": {"trace_id":"%2$s"},"formattedMessage":"of another trace, it names %1$s"}
        """
            .formatted(TRACE, OTHER));
    Files.write(logs.resolve("mariadb.log"), new byte[] {(byte) 0xff, (byte) 0xfe, '\n'});

    assertThat(TraceInLogs.find(logs, TRACE))
        .extracting(TracedLine::toString)
        .containsExactly(
            "04:49:35.849  gateway    POST /api/v1/orders -> order, 202 in 12 ms",
            "04:49:35.900  payment    WARN Worker: no answer orderId=7 | java.io.IOException: reset"
                + " | java.net.SocketException: closed");
  }

  @Test
  void anUnknownTraceHasNoLines() throws Exception {
    Files.writeString(logs.resolve("order.log"), "{}\n\nnull\n");

    assertThat(TraceInLogs.find(logs, OTHER)).isEmpty();
  }
}
