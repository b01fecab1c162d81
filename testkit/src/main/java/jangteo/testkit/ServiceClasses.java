package jangteo.testkit;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The classes of a service without its tests and its contracts; read once in a JVM. */
final class ServiceClasses {
  private static final Map<String, JavaClasses> READ = new ConcurrentHashMap<>();

  private ServiceClasses() {}

  static JavaClasses of(String service) {
    return READ.computeIfAbsent(
        service,
        name ->
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("jangteo." + name)
                .that(not(resideInAPackage("jangteo..v1"))));
  }
}
