package jangteo.e2e;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.bson.Document;
import org.bson.UuidRepresentation;

/** The stores of the running shop behind its back, for a test that spoils something in them. */
final class Stores implements AutoCloseable {
  private final String mariadb = "jdbc:mariadb://127.0.0.1:" + RunningShop.get().port("mariadb");
  private final MongoClient mongo =
      MongoClients.create(
          MongoClientSettings.builder()
              .applyConnectionString(
                  new ConnectionString(
                      "mongodb://127.0.0.1:"
                          + RunningShop.get().port("mongodb")
                          + "/?replicaSet=rs0"))
              .uuidRepresentation(UuidRepresentation.STANDARD)
              .build());

  /** Changes exactly one row of a service's schema. */
  void change(String schema, String sql) {
    try (Connection connection = connect(schema);
        Statement statement = connection.createStatement()) {
      int rows = statement.executeUpdate(sql);
      if (rows != 1) {
        throw new AssertionError(rows + " rows changed by " + sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  String text(String schema, String sql) {
    try (Connection connection = connect(schema);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      if (!row.next()) {
        throw new AssertionError("nothing found by " + sql);
      }
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  Connection connect(String schema) throws SQLException {
    return DriverManager.getConnection(mariadb + "/" + schema, schema, "");
  }

  MongoCollection<Document> collection(String database, String name) {
    return database(database).getCollection(name);
  }

  MongoDatabase database(String name) {
    return mongo.getDatabase(name);
  }

  @Override
  public void close() {
    mongo.close();
  }
}
