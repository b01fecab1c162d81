package jangteo.chassis.web;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An error as a client sees it: RFC 9457 problem details.
 *
 * @param status the HTTP status
 * @param slug the kind of problem; its {@code type} is {@code urn:jangteo:problem:<slug>}
 * @param title the kind in words, the same for every problem of the slug
 * @param detail what happened this time
 * @param errors what is wrong with which field; empty when no field is to blame
 * @param headers further headers of the answer, such as {@code Retry-After}
 */
public record Problem(
    int status,
    String slug,
    String title,
    String detail,
    List<FieldError> errors,
    Map<String, String> headers) {

  /** The media type of RFC 9457. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final Map<String, String> BEARER = Map.of("WWW-Authenticate", "Bearer");

  /** Copies its lists. */
  public Problem {
    errors = List.copyOf(errors);
    headers = Map.copyOf(headers);
  }

  /** 400: the request cannot be read. */
  public static Problem badRequest(String detail) {
    return of(400, "bad-request", "The request cannot be read", detail);
  }

  /** 400 that names the field. */
  public static Problem badRequest(String field, String message) {
    return badRequest(field + ": " + message).withErrors(List.of(new FieldError(field, message)));
  }

  /** 401: no token, or one that does not work. */
  public static Problem unauthorized(String detail) {
    Problem problem = of(401, "unauthorized", "Authentication is needed", detail);
    return problem.withHeaders(BEARER);
  }

  /** 403: the caller may not do this. */
  public static Problem forbidden(String detail) {
    return of(403, "forbidden", "Not allowed", detail);
  }

  /** 404: not there, or not for the caller to know. */
  public static Problem notFound(String detail) {
    return of(404, "not-found", "Not found", detail);
  }

  /** 409: the present state does not allow it. */
  public static Problem conflict(String detail) {
    return of(409, "conflict", "Conflict with the present state", detail);
  }

  /** 412: the resource has changed since the client read it. */
  public static Problem preconditionFailed(String detail) {
    return of(412, "precondition-failed", "The resource has changed", detail);
  }

  /** 413: the body is too large. */
  public static Problem tooLarge() {
    return of(413, "too-large", "The body is too large", "The body is larger than is served.");
  }

  /** 422: one field has a value that is not valid. */
  public static Problem invalid(String field, String message) {
    return invalid(List.of(new FieldError(field, message)));
  }

  /** 422: fields have values that are not valid; all of them are named. */
  public static Problem invalid(List<FieldError> errors) {
    String detail =
        errors.size() == 1
            ? errors.getFirst().field() + ": " + errors.getFirst().message()
            : errors.size() + " fields are not valid";
    return of(422, "invalid", "A value is not valid", detail).withErrors(errors);
  }

  /** 429: too much of it; try again after the given time. */
  public static Problem tooManyRequests(String detail, Duration retryAfter) {
    return of(429, "too-many-requests", "Too many requests", detail)
        .withHeaders(retryAfterHeader(retryAfter));
  }

  /** 501: an agreed call that is not served yet. */
  public static Problem notServed() {
    return of(501, "not-served", "Not served yet", "This call is agreed, but not served yet.");
  }

  /** 503: a part that is needed is away; safe to try again after the given time. */
  public static Problem unavailable(String detail, Duration retryAfter) {
    return of(503, "unavailable", "Not available at the moment", detail)
        .withHeaders(retryAfterHeader(retryAfter));
  }

  /** A problem without fields and headers. */
  public static Problem of(int status, String slug, String title, String detail) {
    return new Problem(status, slug, title, detail, List.of(), Map.of());
  }

  /** The same problem of a narrower kind, such as {@code idempotency-key-reused}. */
  public Problem ofKind(String narrower, String itsTitle) {
    return new Problem(status, narrower, itsTitle, detail, errors, headers);
  }

  /** The same problem with these fields. */
  public Problem withErrors(List<FieldError> these) {
    return new Problem(status, slug, title, detail, these, headers);
  }

  /** The same problem with these headers added. */
  public Problem withHeaders(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(headers);
    all.putAll(more);
    return new Problem(status, slug, title, detail, errors, all);
  }

  /** The URI of its kind. */
  public String type() {
    return "urn:jangteo:problem:" + slug;
  }

  /** To be thrown out of a handler. */
  public ProblemException exception() {
    return new ProblemException(this);
  }

  private static Map<String, String> retryAfterHeader(Duration after) {
    return Map.of("Retry-After", Long.toString(Math.max(1, after.toSeconds())));
  }
}
