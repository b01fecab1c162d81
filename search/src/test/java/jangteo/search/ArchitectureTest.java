package jangteo.search;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What may know what (design, section 3). */
final class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("jangteo.search");

  @Test
  void theDomainKnowsNoFramework() {
    noClasses()
        .that()
        .resideInAPackage("jangteo.search.domain")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(
            "java.lang..", "java.time..", "java.util..", "jangteo.search.domain")
        .check(CLASSES);
  }

  @Test
  void theStoreKnowsNobodyAboveIt() {
    noClasses()
        .that()
        .resideInAPackage("jangteo.search.store")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jangteo.search.api", "jangteo.search.docs", "jangteo.search.events")
        .check(CLASSES);
  }

  /** Generated messages and stubs, in packages named v1, are what services share. */
  @Test
  void theServiceKnowsNoOtherService() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "jangteo.member..",
                    "jangteo.item..",
                    "jangteo.order..",
                    "jangteo.payment..",
                    "jangteo.review..",
                    "jangteo.aggregate..")
                .and(not(resideInAPackage("jangteo.*.v1"))))
        .check(CLASSES);
  }
}
