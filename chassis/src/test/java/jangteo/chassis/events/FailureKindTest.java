package jangteo.chassis.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import com.google.protobuf.InvalidProtocolBufferException;
import com.mongodb.MongoTimeoutException;
import io.grpc.Status;
import jangteo.chassis.web.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailureKindTest {

  static Throwable[] passing() {
    return new Throwable[] {
      Problem.unavailable("away", Duration.ofSeconds(1)).exception(),
      new IllegalStateException(new SQLNonTransientConnectionException("gone")),
      new IllegalStateException(new SQLException("deadlock", "40001", 1213)),
      new MongoTimeoutException("no server"),
      new TimeoutException("no broker"),
      new UncheckedIOException(new ConnectException("refused")),
      Status.UNAVAILABLE.asRuntimeException(),
      Status.DEADLINE_EXCEEDED.asException(),
      new OutOfMemoryError(),
    };
  }

  static Throwable[] hopeless() {
    return new Throwable[] {
      new UnprocessableException("never"),
      new UnprocessableException("never", new IOException("whatever")),
      new InvalidProtocolBufferException("noise"),
      new UncheckedIOException(new InvalidProtocolBufferException("noise")),
    };
  }

  static Throwable[] unexpected() {
    return new Throwable[] {
      new NullPointerException(),
      new StackOverflowError(),
      new AssertionError(),
      new RecordTooLargeException(),
      new IllegalStateException(new SQLException("syntax", "42000", 1064)),
      Problem.conflict("no").exception(),
      Status.INVALID_ARGUMENT.asRuntimeException(),
    };
  }

  @ParameterizedTest
  @MethodSource
  void passing(Throwable failure) {
    assertThat(FailureKind.of(failure)).isEqualTo(FailureKind.PASSING);
  }

  @ParameterizedTest
  @MethodSource
  void hopeless(Throwable failure) {
    assertThat(FailureKind.of(failure)).isEqualTo(FailureKind.HOPELESS);
  }

  @ParameterizedTest
  @MethodSource
  void unexpected(Throwable failure) {
    assertThat(FailureKind.of(failure)).isEqualTo(FailureKind.UNEXPECTED);
  }

  /** Jackson's exceptions are IOExceptions, but bad JSON does not pass. */
  @Test
  void badJsonDoesNotPass() {
    assertThat(FailureKind.of(new UncheckedIOException(new JsonParseException(null, "no"))))
        .isEqualTo(FailureKind.UNEXPECTED);
  }
}
