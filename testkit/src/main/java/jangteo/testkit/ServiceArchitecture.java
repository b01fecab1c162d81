package jangteo.testkit;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What may know what inside a service (design, section 3): each service's test implements it. */
public interface ServiceArchitecture {

  /** What pure rules may use of the JDK: values, not files, sockets or databases. */
  List<String> VALUES =
      List.of(
          "java.lang..",
          "java.util..",
          "java.time..",
          "java.math..",
          "java.text..",
          "java.net",
          "java.nio",
          "java.nio.charset..",
          "java.security..",
          "org.jspecify..");

  /** The service, which is also its package below {@code jangteo}. */
  String service();

  /** The packages of the service that hold rules and nothing else. */
  default List<String> purePackages() {
    return List.of("jangteo." + service() + ".domain");
  }

  /** Domain code knows the JDK's values and itself. */
  @Test
  default void theDomainIsPureJava() {
    List<String> allowed = new ArrayList<>(VALUES);
    allowed.addAll(purePackages());
    classes()
        .that()
        .resideInAnyPackage(purePackages().toArray(String[]::new))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new))
        .check(classesOfTheService());
  }

  /** Services meet in the contracts of {@code proto} only. */
  @Test
  default void theServiceKnowsNoOtherService() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("jangteo..")
                .and(
                    not(
                        resideInAnyPackage(
                            "jangteo." + service() + "..", "jangteo.chassis..", "jangteo..v1"))))
        .check(classesOfTheService());
  }

  /** A store knows no transport and nobody above it. */
  @Test
  default void theStoreKnowsNobodyAboveIt() {
    noClasses()
        .that()
        .resideInAPackage("jangteo." + service() + ".store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "jangteo." + service() + ".api..",
            "jangteo." + service() + ".events..",
            "io.helidon..",
            "io.grpc..",
            "org.apache.kafka..")
        .check(classesOfTheService());
  }

  /** Only the wiring knows the API: nothing below depends on what a client sees. */
  @Test
  default void nobodyButTheWiringKnowsTheApi() {
    String api = "jangteo." + service() + ".api..";
    noClasses()
        .that()
        .resideOutsideOfPackages(api, "jangteo." + service())
        .should()
        .dependOnClassesThat()
        .resideInAPackage(api)
        .check(classesOfTheService());
  }

  private JavaClasses classesOfTheService() {
    return ServiceClasses.of(service());
  }
}
