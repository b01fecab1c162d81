package jangteo.review;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The rules of the design, section 3. */
class ArchitectureTest {
  private static final JavaClasses REVIEW =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("jangteo.review");

  @Test
  void theDomainKnowsNoFramework() {
    noClasses()
        .that()
        .resideInAPackage("jangteo.review.domain..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.helidon..",
            "org.apache.kafka..",
            "java.sql..",
            "com.mongodb..",
            "com.google.protobuf..",
            "com.fasterxml..",
            "jangteo..v1..",
            "jangteo.chassis.data..",
            "jangteo.chassis.events..",
            "jangteo.chassis.web..",
            "jangteo.review.api..",
            "jangteo.review.store..",
            "jangteo.review.events..")
        .check(REVIEW);
  }

  @Test
  void noOtherServiceIsImported() {
    noClasses()
        .that()
        .resideInAPackage("jangteo.review..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "jangteo.member.(domain|api|store|events)..",
            "jangteo.item.(domain|api|store|events)..",
            "jangteo.search.(domain|api|store)..",
            "jangteo.order.(domain|api|store|events|saga)..",
            "jangteo.payment.(domain|api|store|events)..",
            "jangteo.aggregate..",
            "jangteo.local..")
        .check(REVIEW);
  }

  @Test
  void kafkaAndTablesStayBehindTheirPackages() {
    noClasses()
        .that()
        .resideInAPackage("jangteo.review.store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jangteo.review.api..", "jangteo.review.events..", "io.helidon..")
        .check(REVIEW);
  }
}
