package jangteo.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a server is taken from, and what is said when it cannot be had. */
class LocatingTest {
  private static final Progress SILENT = Progress.silent();

  @TempDir Path folder;

  @Test
  void aNamedServerIsTakenBeforeAllOthers() throws Exception {
    Path named = executable("my-redis", "echo 'Redis server v=7.2.4 sha=00000000:0'");
    Path path = executable("bin/redis-server", "echo 'Redis server v=8.0.0 sha=00000000:0'");

    Redis redis =
        Redis.locate(
            Map.of("JANGTEO_REDIS", named.toString(), "PATH", path.getParent().toString()),
            folder,
            SILENT);

    assertThat(redis.origin()).isEqualTo("JANGTEO_REDIS=" + named + " (7.2)");
    assertThat(redis.program(folder.resolve("data"), folder, 1).command().getFirst())
        .isEqualTo(named.toString());
  }

  @Test
  void aServerOnThePathIsTakenFromItsMinimumVersionOn() throws Exception {
    Path old = executable("old/redis-server", "echo 'Redis server v=6.0.16 sha=00000000:0'");
    Path enough = executable("new/redis-server", "echo 'Redis server v=6.2.0 sha=00000000:0'");
    String path = old.getParent() + ":" + enough.getParent();

    Redis redis = Redis.locate(Map.of("PATH", path), folder, SILENT);

    assertThat(redis.origin()).isEqualTo(enough + " (6.2)");
  }

  @Test
  void aNamedServerThatIsTooOldOrNoServerIsSaidSo() throws Exception {
    Path old = executable("mongod", "echo 'db version v4.4.29'");
    for (String named : List.of(old.toString(), folder.resolve("nothing").toString())) {
      assertThatThrownBy(() -> Mongo.locate(Map.of("JANGTEO_MONGOD", named), folder, SILENT))
          .isInstanceOf(MissingPartException.class)
          .hasMessageContaining("JANGTEO_MONGOD=" + named)
          .hasMessageContaining("6.0 or newer")
          .hasMessageContaining("unset JANGTEO_MONGOD");
    }
  }

  @Test
  void aNamedKafkaMustHoldItsLibraries() {
    assertThatThrownBy(
            () -> Kafka.locate(Map.of("JANGTEO_KAFKA", folder.toString()), folder, SILENT))
        .isInstanceOf(MissingPartException.class)
        .hasMessageContaining("holds no Kafka 4.0 or newer");
  }

  @Test
  void aKafkaThatLosesTransactionMarkersIsRefused() throws Exception {
    Path libraries = Files.createDirectories(folder.resolve("kafka/libs"));
    Files.createFile(libraries.resolve("kafka-clients-4.3.1.jar"));
    Map<String, String> environment = Map.of("JANGTEO_KAFKA", libraries.getParent().toString());

    assertThatThrownBy(() -> Kafka.locate(environment, folder, SILENT))
        .isInstanceOf(MissingPartException.class)
        .hasMessageContaining("is Kafka 4.3.1")
        .hasMessageContaining("KAFKA-20734");
  }

  @Test
  void versionsAreReadFromWhatServersReallySay() {
    assertThat(Version.in("/usr/sbin/mariadbd  Ver 10.11.6-MariaDB-0+deb12u1 for debian-linux-gnu"))
        .contains(new Version(10, 11));
    assertThat(Version.in("mysqld  Ver 8.0.36 for Linux on x86_64 (MySQL Community Server - GPL)"))
        .contains(new Version(8, 0));
    assertThat(Version.in("db version v6.0.5")).contains(new Version(6, 0));
    assertThat(
            Version.in(
                "envoy  version: 9e5580933739775e8bce696a57a2e1bc99368f23/1.40.0/Clean/RELEASE"))
        .contains(new Version(1, 40));
    assertThat(Version.in("Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64"))
        .contains(new Version(7, 0));
    assertThat(Version.in("no number")).isEmpty();
    assertThat(new Version(10, 2).atLeast(new Version(9, 8))).isTrue();
  }

  @Test
  void missingLibrariesAreNamedWithTheirPackages() {
    String ldd =
        """
        \tlinux-vdso.so.1 (0x00007ffd)
        \tlibcurl.so.4 => not found
        \tlibssl.so.3 => not found
        \tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)
        """;

    assertThatThrownBy(() -> SharedLibraries.check(ldd, "MongoDB"))
        .isInstanceOf(MissingPartException.class)
        .hasMessage(
            "Missing: libcurl.so.4, libssl.so.3, which MongoDB needs. Install it; on Debian or"
                + " Ubuntu: apt install libcurl4 libssl3");
  }

  @Test
  void anOlderCLibraryIsSaidSo() {
    String ldd = "mongod: /lib/libc.so.6: version `GLIBC_2.38' not found (required by mongod)";

    assertThatThrownBy(() -> SharedLibraries.check(ldd, "MongoDB"))
        .isInstanceOf(MissingPartException.class)
        .hasMessageContaining("a newer C library");
  }

  @Test
  void anInterruptedFillLeavesNoEntryAndTheNextOneIsWhole() throws Exception {
    assertThatThrownBy(
            () ->
                Cache.entry(
                    folder,
                    "part",
                    1,
                    aside -> {
                      Files.writeString(aside.resolve("half"), "half");
                      throw new IOException("the network went away");
                    }))
        .hasMessage("the network went away");
    assertThat(folder).isEmptyDirectory();

    AtomicInteger filled = new AtomicInteger();
    for (int i = 0; i < 2; i++) {
      Path entry =
          Cache.entry(
              folder,
              "part",
              1,
              aside -> {
                filled.incrementAndGet();
                Files.writeString(aside.resolve("whole"), "whole");
              });
      assertThat(entry.resolve("whole")).hasContent("whole");
    }
    assertThat(filled).hasValue(1);
  }

  @Test
  void twoWhoFillTheSameEntryBothGetIt() throws Exception {
    Path entry =
        Cache.entry(
            folder,
            "part",
            1,
            aside -> {
              Cache.entry(folder, "part", 1, other -> Files.writeString(other.resolve("f"), "1"));
              Files.writeString(aside.resolve("f"), "2");
            });

    assertThat(entry.resolve("f")).hasContent("1");
    assertThat(folder).isDirectoryContaining(file -> file.equals(entry));
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(entry);
    }
  }

  @Test
  void tooLittleRoomIsSaidBeforeAnythingIsFetched() {
    assertThatThrownBy(() -> Cache.entry(folder, "part", Long.MAX_VALUE, aside -> {}))
        .isInstanceOf(MissingPartException.class)
        .hasMessageContaining("disk space")
        .hasMessageContaining("JANGTEO_CACHE");
  }

  @Test
  void theCacheFolderFollowsTheEnvironment() {
    assertThat(Cache.folder(Map.of("JANGTEO_CACHE", "/a", "XDG_CACHE_HOME", "/b")))
        .isEqualTo(Path.of("/a"));
    assertThat(Cache.folder(Map.of("XDG_CACHE_HOME", "/b"))).isEqualTo(Path.of("/b/jangteo"));
    assertThat(Cache.folder(Map.of()))
        .isEqualTo(Path.of(System.getProperty("user.home"), ".cache/jangteo"));
  }

  @Test
  void aLongDataFolderDoesNotMakeTheSocketsPathTooLong() {
    assertThat(MariaDb.socket(Path.of("/data/mariadb")))
        .isEqualTo(Path.of("/data/mariadb/mariadbd.sock"));
    Path deep = Path.of("/" + "가".repeat(40));
    assertThat(MariaDb.socket(deep).toString()).hasSizeLessThan(107).startsWith("/tmp/");
    assertThat(MariaDb.socket(deep)).isNotEqualTo(MariaDb.socket(deep.resolve("other")));
  }

  private Path executable(String name, String script) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
