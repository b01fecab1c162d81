package jangteo.item;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** DESIGN.md section 3. */
class ArchitectureTest {

  private static final JavaClasses ITEM =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("jangteo.item")
          .that(not(resideInAPackage("jangteo.item.v1..")));

  @Test
  void theDomainIsPureJava() {
    classes()
        .that()
        .resideInAPackage("jangteo.item.domain..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java.lang..", "java.util..", "java.time..", "jangteo.item.domain..", "org.jspecify..")
        .check(ITEM);
  }

  @Test
  void noOtherServiceIsImported() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "jangteo.member..",
                    "jangteo.search..",
                    "jangteo.order..",
                    "jangteo.payment..",
                    "jangteo.review..",
                    "jangteo.aggregate..")
                .and(not(resideInAPackage("jangteo..v1"))))
        .because("services meet in the contracts of proto (..v1) only")
        .check(ITEM);
  }

  @Test
  void theStoreKnowsNoTransport() {
    noClasses()
        .that()
        .resideInAPackage("jangteo.item.store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "jangteo.item.api..", "jangteo.item.events..", "io.helidon..", "org.apache.kafka..")
        .check(ITEM);
  }
}
