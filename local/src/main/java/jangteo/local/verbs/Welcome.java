package jangteo.local.verbs;

import jangteo.local.StateFolder;
import jangteo.local.shop.Admin;
import java.time.Duration;
import java.util.List;

/** What {@code up} tells at its end: where to go. */
record Welcome(String gateway, Admin admin, StateFolder state) {

  List<String> lines(Duration took) {
    return List.of(
        "The shop is up after %.1f s.".formatted(took.toMillis() / 1000.0),
        "  gateway   " + gateway,
        "  API       " + gateway + "/docs (browse), " + gateway + "/api/v1/openapi",
        "  admin     " + admin.email() + ", password " + admin.password(),
        "  mail      ./jangteo mail shows what the shop would have sent",
        "  logs      " + state.logs() + " (./jangteo logs NAME -f)",
        "  next      ./jangteo demo, ./jangteo status, ./jangteo down");
  }
}
