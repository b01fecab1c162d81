package jangteo.order;

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
          .importPackages("jangteo.order");

  @Test
  void theDomainAndTheSagaKnowNoFramework() {
    noClasses()
        .that()
        .resideInAnyPackage("jangteo.order.domain", "jangteo.order.saga")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.helidon..",
            "io.grpc..",
            "org.apache.kafka..",
            "java.sql..",
            "com.mongodb..",
            "org.bson..",
            "com.google.protobuf..",
            "jangteo.chassis..",
            "jangteo.order.v1..",
            "jangteo.order.api..",
            "jangteo.order.events..",
            "jangteo.order.store..",
            "jangteo.order.saga.runner..")
        .check(CLASSES);
  }

  @Test
  void theServiceKnowsNoOtherService() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "jangteo.member.api..",
            "jangteo.item.domain..",
            "jangteo.item.api..",
            "jangteo.search.domain..",
            "jangteo.search.api..",
            "jangteo.payment.domain..",
            "jangteo.payment.api..",
            "jangteo.review.domain..",
            "jangteo.aggregate..")
        .check(CLASSES);
  }
}
