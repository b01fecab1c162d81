package jangteo.member;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What may know what (design, section 3). */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("jangteo.member");

  @Test
  void theDomainKnowsNoFramework() {
    noClasses()
        .that()
        .resideInAPackage("jangteo.member.domain")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.helidon..",
            "io.grpc..",
            "org.apache.kafka..",
            "java.sql..",
            "com.google.protobuf..",
            "redis..",
            "jangteo.chassis..",
            "jangteo.member.v1..",
            "jangteo.member.api..",
            "jangteo.member.auth..",
            "jangteo.member.events..",
            "jangteo.member.store..")
        .check(CLASSES);
  }

  @Test
  void storeAndEventsDoNotKnowTheApi() {
    noClasses()
        .that()
        .resideInAnyPackage("jangteo.member.store", "jangteo.member.events", "jangteo.member.auth")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jangteo.member.api")
        .check(CLASSES);
  }

  @Test
  void theServiceKnowsNoOtherService() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "jangteo.item..",
            "jangteo.search..",
            "jangteo.order..",
            "jangteo.payment..",
            "jangteo.review..",
            "jangteo.aggregate..")
        .check(CLASSES);
  }
}
