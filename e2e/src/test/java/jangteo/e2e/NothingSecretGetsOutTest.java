package jangteo.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jangteo.local.mail.MailFolder;
import jangteo.testkit.Rest;
import jangteo.testkit.Rest.Answer;
import jangteo.testkit.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The life of a member, with all that can go wrong in it, in values that are recognised wherever
 * they turn up; then everything that the shop writes and says is searched for them.
 */
@Order(5)
class NothingSecretGetsOutTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String ME = "/api/v1/members/me";
  private static final String LOGIN = "/api/v1/auth/login";
  private static final String ORDERS = "/api/v1/orders";

  /** Where a value may be found. Those that are not here may be found nowhere. */
  private static final Map<String, Pattern> BELONGS =
      Map.of(
          // Public names, until the topic is compacted (design, section 6).
          "name", Pattern.compile("topic members"),
          // The provider's name of a card is no card.
          "card",
              Pattern.compile("topic order.*|table payment\\.payments|collection orders\\.orders"),
          // Not secret, and here to show that a search finds what is there.
          "product", Pattern.compile(".*"),
          "path", Pattern.compile("log gateway"),
          "route", Pattern.compile("(metrics|log|health) .*|.* of gateway|collection .*|answer.*"),
          "token id", Pattern.compile("redis|topic token-blocks|table member\\..*"));

  private static final Map<String, List<String>> CERTAINLY_FOUND =
      Map.of(
          "product",
          List.of("topic products", "table item.products", "collection search.products", "answer"),
          "path",
          List.of("log gateway"),
          "route",
          List.of("metrics of member"),
          "card",
          List.of("topic order-commands"),
          "token id",
          List.of("redis", "topic token-blocks", "table member.token_blocks"));

  private final RunningShop shop = RunningShop.get();
  private final Rest anyone = shop.rest();
  private final String mark = UUID.randomUUID().toString().substring(0, 13);
  private final Map<String, String> planted = new TreeMap<>();

  private final String email = plant("e-mail", "plant-" + mark + "@example.com", "plant-" + mark);
  private final String password = plant("password", "first horse " + mark);
  private final String wrongPassword = plant("wrong password", "wrong horse " + mark);
  private final String newPassword = plant("new password", "second horse " + mark);
  private final String name = plant("name", "Planted" + mark);
  private final String line = plant("address", "Cheomdan-ro " + mark);
  private final String phone = plant("phone", digits("010-%04d-%04d"));
  private final String card = plant("card", "tok_" + mark);
  private final String searched = plant("searched", "gift " + mark);
  private final String productName = plant("product", "Tangerine " + mark);
  private final String path = plant("path", "/api/v1/products/" + mark);

  private static String digits(String format) {
    SecureRandom random = new SecureRandom();
    return format.formatted(random.nextInt(10_000), random.nextInt(10_000));
  }

  private String plant(String what, String value) {
    return plant(what, value, value);
  }

  private String plant(String what, String value, String telling) {
    planted.put(what, telling);
    return value;
  }

  @Test
  @Tag("ASVS-16.2.5")
  @Tag("ASVS-14.2.1")
  void whatAMemberTrustsTheShopWithStaysWhereItBelongs() throws Exception {
    plant("route", LOGIN);
    Person seller = Person.seller("박상인", "한라 과일");
    String product = product(seller);
    signsUp();
    Rest member = logsIn(password);
    hasAnAddress(member);
    wantsASecondFactor(member);
    buys(member, product, seller);
    forgetsItsPassword();
    Rest again = logsIn(newPassword);
    leaves(again);

    Map<String, Set<String>> found = search(seller, product);

    System.out.printf("%d planted values, found: %s%n", planted.size(), found);
    CERTAINLY_FOUND.forEach(
        (what, places) ->
            assertThat(found.getOrDefault(what, Set.of())).as(what).containsAll(places));
    List<String> outOfPlace = new ArrayList<>();
    found.forEach(
        (what, places) ->
            places.stream()
                .filter(place -> !belongs(what, place))
                .forEach(place -> outOfPlace.add(what + " in " + place)));
    assertThat(outOfPlace).isEmpty();
  }

  private static boolean belongs(String what, String place) {
    return BELONGS.containsKey(what) && BELONGS.get(what).matcher(place).matches();
  }

  private String product(Person seller) {
    Answer made =
        seller
            .rest()
            .post("/api/v1/items", Map.of("name", productName, "description", "", "category", "x"));
    assertThat(made.status()).as("%s", made.body()).isEqualTo(201);
    String product = made.body().path("productId").asText();
    Answer listed =
        seller
            .rest()
            .put(
                "/api/v1/items/" + product + "/listing",
                Map.of(
                    "price",
                    Map.of("amount", 3_000, "currency", "KRW"),
                    "quantity",
                    10,
                    "status",
                    "ON_SALE"));
    assertThat(listed.status()).as("%s", listed.body()).isEqualTo(201);
    await().atMost(PATIENCE).until(() -> anyone.get("/api/v1/products/" + product).status() == 200);
    return product;
  }

  private void signsUp() {
    String call = "/api/v1/members";
    Map<String, Object> body = Map.of("email", email, "password", password, "name", name);
    broken(anyone, "POST", call, "email", email, "password", password, "name", name);
    answered(422, anyone.post(call, with(body, "name", "")));
    answered(400, anyone.post(call, with(body, "password", Map.of("is", password))));
    answered(400, anyone.post(call, with(body, password, 1)));
    answered(201, anyone.post(call, body));
    answered(409, anyone.post(call, body));
  }

  private Rest logsIn(String rightPassword) {
    Map<String, Object> body = Map.of("email", email, "password", rightPassword);
    broken(anyone, "POST", LOGIN, "email", email, "password", rightPassword);
    answered(401, anyone.post(LOGIN, with(body, "password", wrongPassword)));
    answered(401, anyone.post(LOGIN, with(body, "email", "x" + email)));
    Answer first = anyone.post(LOGIN + "?email=" + email, body);
    answered(200, first);
    String refreshToken = first.body().path("refreshToken").asText();
    broken(anyone, "POST", "/api/v1/auth/refresh", "refreshToken", refreshToken);
    Answer second = anyone.post("/api/v1/auth/refresh", Map.of("refreshToken", refreshToken));
    answered(200, second);
    String accessToken = second.body().path("accessToken").asText();
    String which = " of the login by the " + rightPassword.split(" ", 2)[0] + " password";
    plant("used refresh token" + which, refreshToken);
    plant("refresh token" + which, second.body().path("refreshToken").asText());
    plant("access token" + which, accessToken, accessToken.substring(accessToken.lastIndexOf('.')));
    return anyone.as(accessToken);
  }

  private void hasAnAddress(Rest member) {
    String addresses = ME + "/addresses";
    Map<String, Object> body =
        Map.of(
            "recipient", name,
            "phone", phone,
            "postalCode", "63122",
            "line1", line,
            "country", "KR");
    broken(member, "POST", addresses, "phone", phone, "line1", line);
    answered(422, member.post(addresses, with(body, "country", line)));
    answered(201, member.post(addresses, body));
    broken(member, "PATCH", ME, "name", name);
    answered(422, member.patch(ME, Map.of("name", name.repeat(20))));
  }

  private void wantsASecondFactor(Rest member) {
    Answer setup = member.post(ME + "/totp");
    answered(201, setup);
    plant("second factor", setup.body().path("secret").asText());
    assertThat(planted.get("second factor")).hasSizeGreaterThan(20);
    assertThat(member.post(ME + "/totp/confirm", Map.of("code", "no code")).status())
        .isBetween(400, 499);
  }

  private void buys(Rest member, String product, Person seller) {
    Person buyer = new Person("", email, name, "", member);
    String address = member.get(ME + "/addresses").body().at("/items/0/addressId").asText();
    broken(member, "POST", ORDERS, "token", card);
    answered(422, places(member, order("1", address, card)));
    String declined = orderId(places(member, order(product, address, card)));
    assertThat(buyer.awaitDecided(declined).path("status").asText()).isEqualTo("REJECTED");
    answered(
        422,
        member.post(
            "/api/v1/wallet/deposits",
            Map.of("amount", Map.of("amount", 1_000, "currency", "KRW"), "token", card),
            "Idempotency-Key",
            UUID.randomUUID().toString()));
    String bought = orderId(places(member, order(product, address, "tok_ok")));
    assertThat(buyer.awaitDecided(bought).path("status").asText()).isEqualTo("CONFIRMED");
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                member
                        .post(
                            "/api/v1/products/" + product + "/reviews",
                            Map.of("rating", 5, "title", "좋아요", "text", "잘 받았습니다"))
                        .status()
                    == 201);
    answered(404, seller.rest().get(ORDERS + "/" + bought));
  }

  private static Map<String, Object> order(String product, String address, String token) {
    return with(Person.order(product, 1), "addressId", address, "payment", Person.card(token));
  }

  private static Answer places(Rest member, Object order) {
    return member.post(ORDERS, order, "Idempotency-Key", UUID.randomUUID().toString());
  }

  private static String orderId(Answer placed) {
    answered(202, placed);
    return placed.body().path("orderId").asText();
  }

  private void forgetsItsPassword() {
    broken(anyone, "POST", "/api/v1/auth/password/forgot", "email", email);
    answered(202, anyone.post("/api/v1/auth/password/forgot", Map.of("email", email)));
    String token = plant("reset token", resetToken());
    String reset = "/api/v1/auth/password/reset";
    broken(anyone, "POST", reset, "token", token, "password", newPassword);
    answered(422, anyone.post(reset, Map.of("token", token, "password", "short")));
    answered(422, anyone.post(reset, Map.of("token", mark, "password", newPassword)));
    answered(204, anyone.post(reset, Map.of("token", token, "password", newPassword)));
    answered(422, anyone.post(reset, Map.of("token", token, "password", newPassword)));
  }

  private String resetToken() {
    return await()
        .atMost(PATIENCE)
        .until(this::resetMail, Optional::isPresent)
        .orElseThrow()
        .text()
        .lines()
        .filter(text -> text.matches("[\\w-]{43}"))
        .findFirst()
        .orElseThrow();
  }

  private Optional<MailFolder.Mail> resetMail() {
    try {
      return MailFolder.newest(shop.state().data("mail"), 20, Optional.of(email)).stream()
          .filter(mail -> mail.subject().contains("Choose"))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void leaves(Rest member) {
    Map<String, Object> change =
        Map.of("currentPassword", wrongPassword, "newPassword", newPassword);
    broken(member, "PUT", ME + "/password", "currentPassword", newPassword);
    assertThat(member.put(ME + "/password", change).status()).isBetween(400, 499);
    answered(200, anyone.get("/api/v1/products?q=" + searched.replace(" ", "%20")));
    assertThat(anyone.get(path).status()).isBetween(400, 499);
    answered(200, shop.admin().get("/api/v1/admin/members?email=" + email));

    Answer other = anyone.post(LOGIN, Map.of("email", email, "password", newPassword));
    String leaving = other.body().path("accessToken").asText();
    plant("token id", TestTokens.claims(leaving).path("jti").asText());
    answered(204, anyone.as(leaving).post("/api/v1/auth/logout"));
    answered(401, anyone.as(leaving).get(ORDERS));
    answered(401, anyone.as(leaving + "x").get(ORDERS));
    answered(204, member.delete(ME));
    answered(401, member.get(ME));
    answered(401, anyone.post(LOGIN, Map.of("email", email, "password", newPassword)));
  }

  /** Once the read models have heard that the member is gone. */
  private Map<String, Set<String>> search(Person seller, String product) throws Exception {
    List<String> pages =
        List.of(
            "/api/v1/products/" + product,
            "/api/v1/products/" + product + "/reviews",
            "/api/v1/products?q=" + productName.replace(" ", "%20"),
            "/api/v1/seller/orders");
    for (String page : pages) {
      await()
          .atMost(PATIENCE)
          .until(() -> !seller.rest().get(page).body().toString().contains(name));
    }
    Outputs outputs = new Outputs(planted);
    pages.forEach(page -> outputs.answer("answer", seller.rest().get(page)));
    for (String page :
        List.of("/api/v1/admin/members?email=" + email, "/api/v1/admin/dead-letters")) {
      outputs.answer("answer to an admin", shop.admin().get(page));
    }
    return outputs.search();
  }

  /** The same body as three kinds of wrong JSON: cut off, with a comma too many, in a list. */
  private static void broken(Rest rest, String method, String call, String... fields) {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < fields.length; i += 2) {
      json.append("\"%s\": \"%s\", ".formatted(fields[i], fields[i + 1]));
    }
    for (String wrong : List.of(json.toString(), json + "}", "[" + json + "\"x\": 1}]")) {
      String[] key =
          call.equals(ORDERS)
              ? new String[] {"Idempotency-Key", UUID.randomUUID().toString()}
              : new String[0]; // refused where passwords and tokens are
      Answer answer = rest.send(method, call, BodyPublishers.ofString(wrong), key);
      assertThat(answer.status()).as("%s %s: %s", method, call, answer.body()).isEqualTo(400);
    }
  }

  private static Map<String, Object> with(Map<String, ?> body, String field, Object value) {
    Map<String, Object> changed = new HashMap<>(body);
    changed.put(field, value);
    return changed;
  }

  private static Map<String, Object> with(
      Map<String, ?> body, String field, Object value, String other, Object otherValue) {
    return with(with(body, field, value), other, otherValue);
  }

  private static void answered(int status, Answer answer) {
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
  }
}
