package jangteo.chassis.data;

import org.flywaydb.core.Flyway;

/**
 * Brings a schema to what the code expects: first the chassis' own tables, then the service's from
 * {@code db/migration}. Flyway locks, so that instances that start together do it once.
 */
record Migrations(DatabaseAddress owner) {

  void run() {
    migrate("classpath:jangteo/chassis/migration", "flyway_chassis_history");
    migrate("classpath:db/migration", "flyway_schema_history");
  }

  private void migrate(String location, String history) {
    Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(owner.url(), owner.username(), owner.password())
        .locations(location)
        .table(history)
        // Two histories share the schema, so neither finds it empty; V1 is still ahead of both.
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
  }
}
