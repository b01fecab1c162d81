package jangteo.local.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jangteo.local.Refusal;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceJarsTest {
  @TempDir private Path checkout;
  private Path jar;
  private ServiceJars jars;

  @BeforeEach
  void build() throws IOException {
    Path target = Files.createDirectories(checkout.resolve("item").resolve("target"));
    jar = target.resolve("jangteo-item-1.0.jar");
    Files.writeString(target.resolve("classpath"), "/elsewhere/other-2.0.jar");
    build(1);
    jars = ServiceJars.of("item", checkout);
  }

  @Test
  void whatWasBuiltHereIsCopiedAndTheRestStaysWhereItIs() throws IOException {
    List<String> entries = entries();

    assertThat(Path.of(entries.get(0))).hasParent(jars.folder()).hasContent("build 1");
    assertThat(entries.get(1)).isEqualTo("/elsewhere/other-2.0.jar");
  }

  @Test
  void theSameBuildIsTheSameClassPathOfTheSameAge() throws IOException {
    List<String> first = entries();

    assertThat(entries()).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(Path.of(first.get(0))))
        .isEqualTo(Files.getLastModifiedTime(jar));
  }

  @Test
  void theNextBuildPullsNothingFromUnderARunningService() throws IOException {
    Path running = Path.of(entries().get(0));

    build(2);

    assertThat(Path.of(entries().get(0))).hasContent("build 2");
    assertThat(running).hasContent("build 1");
  }

  @Test
  void ofOldBuildsJustTheLastFewAreKept() throws IOException {
    for (int number = 1; number <= 9; number++) {
      build(number);
      entries();
    }

    assertThat(jars.folder().toFile().listFiles())
        .extracting(file -> Files.readString(file.toPath()))
        .containsExactlyInAnyOrder("build 6", "build 7", "build 8", "build 9");
  }

  @Test
  void eachClassPathHasAnArchiveOfItsOwnAndTheLastButOneIsKept() throws IOException {
    Path first = archive(1);
    assertThat(archive(1)).isEqualTo(first);

    Path second = archive(2);
    assertThat(List.of(first, second)).doesNotHaveDuplicates().allMatch(Files::exists);

    Path third = archive(3);
    assertThat(first).doesNotExist();
    assertThat(List.of(second, third)).doesNotHaveDuplicates().allMatch(Files::exists);
  }

  @Test
  void withoutABuildItSaysSo() throws IOException {
    Files.delete(checkout.resolve("item").resolve("target").resolve("classpath"));

    assertThatThrownBy(jars::classPath).isInstanceOf(Refusal.class).hasMessageContaining("item");
  }

  private void build(int number) throws IOException {
    Files.writeString(jar, "build " + number);
    Files.setLastModifiedTime(jar, FileTime.fromMillis(1_700_000_000_000L + number * 1_000L));
  }

  /** Where the JVM writes what that build loads, written. */
  private Path archive(int build) throws IOException {
    build(build);
    Path archive = jars.classArchive(jars.classPath());
    Files.writeString(archive, "classes of build " + build);
    Files.setLastModifiedTime(archive, Files.getLastModifiedTime(jar));
    return archive;
  }

  private List<String> entries() throws IOException {
    return List.of(jars.classPath().split(File.pathSeparator, -1));
  }
}
