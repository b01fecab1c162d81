package jangteo.payment;

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
          .importPackages("jangteo.payment");

  @Test
  void theDomainKnowsNoFramework() {
    noClasses()
        .that()
        .resideInAPackage("jangteo.payment.domain")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.helidon..",
            "io.grpc..",
            "org.apache.kafka..",
            "java.sql..",
            "com.google.protobuf..",
            "jangteo.chassis..",
            "jangteo.payment.v1..",
            "jangteo.payment.api..",
            "jangteo.payment.work..",
            "jangteo.payment.provider..",
            "jangteo.payment.events..",
            "jangteo.payment.store..")
        .check(CLASSES);
  }

  @Test
  void storeAndEventsDoNotKnowTheApi() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "jangteo.payment.store", "jangteo.payment.events", "jangteo.payment.work")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jangteo.payment.api")
        .check(CLASSES);
  }

  @Test
  void theServiceKnowsNoOtherService() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "jangteo.member.api..",
            "jangteo.member.domain..",
            "jangteo.item..",
            "jangteo.search..",
            "jangteo.order.api..",
            "jangteo.order.domain..",
            "jangteo.order.saga..",
            "jangteo.review..",
            "jangteo.aggregate..")
        .check(CLASSES);
  }
}
