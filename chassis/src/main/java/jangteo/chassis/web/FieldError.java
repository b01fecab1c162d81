package jangteo.chassis.web;

/**
 * What is wrong with one field of a request.
 *
 * @param field the path to it, such as {@code items[0].productId}
 * @param message what is wrong, for the client's developer
 */
public record FieldError(String field, String message) {}
