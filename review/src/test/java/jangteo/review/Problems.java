package jangteo.review;

import static org.assertj.core.api.Assertions.assertThat;

import jangteo.testkit.Rest;

/** Says what a refusal has to look like. */
final class Problems {

  private Problems() {}

  static void assertProblem(Rest.Answer answer, int status, String slug) {
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
    assertThat(answer.body().path("type").asText()).isEqualTo("urn:jangteo:problem:" + slug);
  }

  static void assertForbidden(Rest.Answer answer) {
    assertProblem(answer, 403, "forbidden");
  }

  static void assertNotFound(Rest.Answer answer) {
    assertProblem(answer, 404, "not-found");
  }

  static void assertUnauthorized(Rest.Answer answer) {
    assertProblem(answer, 401, "unauthorized");
  }

  /** A 422 that names just these fields. */
  static void assertInvalid(Rest.Answer answer, String... fields) {
    assertProblem(answer, 422, "invalid");
    assertThat(answer.body().path("errors").findValuesAsText("field")).containsExactly(fields);
  }
}
