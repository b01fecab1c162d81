package jangteo.chassis.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.BytesValue;
import com.google.protobuf.Empty;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GrpcClientsTest {
  private final int port = freePort();
  private final Probe probe = new Probe();
  private final GrpcClients clients =
      GrpcClients.create(
          Peers.config(
                  Map.of(
                      "clients.probe.target",
                      "127.0.0.1:" + port,
                      "clients.probe.deadline",
                      "PT10S"))
              .get("clients"),
          Peers.TELEMETRY);
  private final Channel channel = clients.to("probe");

  @AfterEach
  void stop() {
    probe.release();
    clients.stop();
  }

  @Test
  void aCallWithoutADeadlineGetsTheConfiguredOne() throws Exception {
    assertThat(deadlineSeen(CallOptions.DEFAULT)).isBetween(1L, 10_000L);
  }

  @Test
  void aCallersOwnDeadlineIsKept() throws Exception {
    assertThat(deadlineSeen(CallOptions.DEFAULT.withDeadlineAfter(1, TimeUnit.MINUTES)))
        .isBetween(20_000L, 60_000L);
  }

  /** It is looked for every second; gRPC's own back-off has it looked for nine times in 70 s. */
  @Test
  void aPeerThatWasAwayForLongIsFoundSoon() throws IOException {
    try (ClosedDoor door = new ClosedDoor(port)) {
      await()
          .atMost(Duration.ofSeconds(40))
          .untilAsserted(
              () -> {
                assertThat(code(this::echo)).isEqualTo(Status.Code.UNAVAILABLE);
                assertThat(door.knocks()).isGreaterThanOrEqualTo(9);
              });
    }
    GrpcServer server = start();
    try {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(catchThrowable(this::echo)).isNull());
    } finally {
      server.stop();
    }
    assertThat(code(this::echo)).isEqualTo(Status.Code.UNAVAILABLE);
  }

  /** Who comes to this port is sent away, and counted. */
  private static final class ClosedDoor implements AutoCloseable {
    private final AtomicInteger knocks = new AtomicInteger();
    private final ServerSocket socket;

    ClosedDoor(int port) throws IOException {
      socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
      Thread.ofVirtual().start(this::sendAway);
    }

    int knocks() {
      return knocks.get();
    }

    private void sendAway() {
      try {
        while (true) {
          socket.accept().close();
          knocks.incrementAndGet();
        }
      } catch (IOException closed) {
        return;
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void aPeerWithoutATargetIsNamed() {
    assertThatThrownBy(() -> clients.to("nobody"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("clients.nobody.target is not set");
  }

  private GrpcServer start() {
    GrpcServer server =
        GrpcServer.create(
            Peers.config(Map.of("grpc.port", Integer.toString(port), "grpc.grace", "PT1S"))
                .get("grpc"),
            Peers.TELEMETRY,
            List.of(probe));
    server.start();
    return server;
  }

  /** What the handler of a call with these options sees, in milliseconds. */
  private long deadlineSeen(CallOptions options) throws Exception {
    GrpcServer server = start();
    try {
      Thread call =
          Thread.ofVirtual()
              .start(
                  () ->
                      ClientCalls.blockingUnaryCall(
                          channel, Probe.WAIT, options, Empty.getDefaultInstance()));
      Deadline seen = probe.entered.get(10, TimeUnit.SECONDS).orElseThrow();
      long millis = seen.timeRemaining(TimeUnit.MILLISECONDS);
      probe.release();
      assertThat(call.join(Duration.ofSeconds(10))).isTrue();
      return millis;
    } finally {
      server.stop();
    }
  }

  private void echo() {
    ClientCalls.blockingUnaryCall(
        channel, Probe.ECHO, CallOptions.DEFAULT, BytesValue.getDefaultInstance());
  }

  private static Status.Code code(Runnable call) {
    Throwable thrown = catchThrowable(call::run);
    return thrown == null ? Status.Code.OK : Status.fromThrowable(thrown).getCode();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
