package jangteo.local.supervisor;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * How a running supervisor is reached, kept in the state folder as long as it lives.
 *
 * @param pid the supervisor's process
 * @param port its control port on 127.0.0.1
 * @param token what a caller shows: who can read the state folder may steer the shop
 * @param gateway where the shop is reached, as {@code http://127.0.0.1:8080}
 */
public record ControlAddress(long pid, int port, String token, String gateway) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The address in the file, when a process of that id lives. */
  public static Optional<ControlAddress> read(Path file) {
    try {
      ControlAddress address = JSON.readValue(Files.readString(file), ControlAddress.class);
      return Optional.of(address)
          .filter(a -> ProcessHandle.of(a.pid).map(ProcessHandle::isAlive).orElse(false));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(Path file) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(aside);
    Files.createFile(aside);
    // Readable by this user alone; harmless where the file system knows no owners.
    if (!aside.toFile().setReadable(false, false) || !aside.toFile().setReadable(true, true)) {
      Files.delete(aside);
      throw new IOException("cannot protect " + file);
    }
    Files.writeString(aside, JSON.writeValueAsString(this));
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
