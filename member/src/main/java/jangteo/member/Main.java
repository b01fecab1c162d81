package jangteo.member;

import io.helidon.config.Config;
import jangteo.chassis.Recurring;
import jangteo.chassis.Service;
import jangteo.chassis.data.Database;
import jangteo.chassis.events.Outbox;
import jangteo.chassis.security.TokenBlocks;
import jangteo.chassis.security.TokenCheck;
import jangteo.member.api.AccountApi;
import jangteo.member.api.AddressLookup;
import jangteo.member.api.AddressesApi;
import jangteo.member.api.AdminMembersApi;
import jangteo.member.api.AuthApi;
import jangteo.member.api.EmailApi;
import jangteo.member.api.ExportApi;
import jangteo.member.api.GatewayCheck;
import jangteo.member.api.MembersApi;
import jangteo.member.api.SigningKeysApi;
import jangteo.member.api.TotpApi;
import jangteo.member.auth.AccessTokens;
import jangteo.member.auth.Argon2id;
import jangteo.member.auth.BlockCheck;
import jangteo.member.auth.Blocking;
import jangteo.member.auth.ChangingPassword;
import jangteo.member.auth.EndingSessions;
import jangteo.member.auth.Erasing;
import jangteo.member.auth.FirstAdmin;
import jangteo.member.auth.Issuing;
import jangteo.member.auth.KeyMaker;
import jangteo.member.auth.KeyProtection;
import jangteo.member.auth.KeyRing;
import jangteo.member.auth.LoggingIn;
import jangteo.member.auth.MailTokenMaker;
import jangteo.member.auth.PasswordPolicy;
import jangteo.member.auth.Passwords;
import jangteo.member.auth.ProvingEmail;
import jangteo.member.auth.RefillingRedis;
import jangteo.member.auth.Refreshing;
import jangteo.member.auth.RotatingKeys;
import jangteo.member.auth.SecondFactor;
import jangteo.member.auth.SigningUp;
import jangteo.member.auth.Suspending;
import jangteo.member.mail.MailSender;
import jangteo.member.mail.MailTexts;
import jangteo.member.mail.Smtp;
import jangteo.member.store.Addresses;
import jangteo.member.store.BlockedTokens;
import jangteo.member.store.LoginFailures;
import jangteo.member.store.MailLimits;
import jangteo.member.store.MailTokens;
import jangteo.member.store.Mails;
import jangteo.member.store.Members;
import jangteo.member.store.RateLimit;
import jangteo.member.store.Redis;
import jangteo.member.store.SecondFactors;
import jangteo.member.store.SecurityLog;
import jangteo.member.store.Sessions;
import jangteo.member.store.SigningKeyTable;
import jangteo.member.store.TokenBlocksTable;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/**
 * The member service: who is who, who may log in, and which tokens work.
 *
 * <p>MySQL {@code member} and Redis; events {@code members} and {@code token-blocks}; the gateway
 * asks it about every token.
 */
public final class Main {

  /** Longer than any of their tokens is good for. */
  private static final Duration MAILS_KEPT = Duration.ofDays(2);

  private static final Duration LOOK_AT_REDIS = Duration.ofSeconds(1);

  private Main() {}

  /** Starts the service. */
  public static void main(String[] args) {
    Service.main("member", Main::wire);
  }

  /** The picture of the service. */
  static void wire(Service.Builder service) {
    Config config = service.config();
    Clock clock = service.clock();
    SecureRandom random = new SecureRandom();
    Database database = service.database();
    Outbox outbox = service.outbox();
    service.kafka().ensure("members");
    TokenBlocks blocks = service.tokenBlocks();
    Redis redis = service.part(redis(config.get("redis")));

    Members members = new Members();
    Addresses addresses = new Addresses();
    Mails mails = new Mails(service.ids(), clock);
    MailTokens mailTokens = new MailTokens();
    Sessions sessions = new Sessions();
    BlockedTokens blockedTokens = new BlockedTokens(redis);
    Passwords passwords = passwords(config.get("passwords"), random);
    PasswordPolicy policy = new PasswordPolicy();
    KeyProtection protection =
        KeyProtection.of(config.get("signing-keys.encryption-key").asString().get(), random);
    AccessTokens.Profile profile = profile(config.get("security"));
    SigningKeyTable keyTable = new SigningKeyTable();
    KeyMaker keyMaker =
        new KeyMaker(
            config.get("signing-keys.bits").asInt().get(), protection, clock, service.ids());
    KeyRing keys = service.part(new KeyRing(database, keyTable, keyMaker, profile.life(), clock));

    SecurityLog log = new SecurityLog(service.ids(), clock);
    TokenBlocksTable blocksTable = new TokenBlocksTable();
    RefillingRedis refilling = new RefillingRedis(database, blocksTable, blockedTokens, clock);
    service.part(
        new Recurring(
            "redis-refill", LOOK_AT_REDIS, () -> database.readiness().ready() && refilling.look()));
    Blocking blocking =
        new Blocking(sessions, blocksTable, blocks, blockedTokens, outbox, profile.life(), clock);
    Issuing issuing =
        new Issuing(
            sessions,
            new AccessTokens(keys, profile, clock, service.ids()),
            blocking,
            config.get("security.refresh-token-life").as(Duration.class).get(),
            random,
            clock,
            service.ids());
    SecondFactor secondFactor =
        new SecondFactor(
            new SecondFactors(),
            protection,
            new RateLimit(redis, "second-factor", limit(config.get("second-factor"), "attempts")),
            log,
            random,
            clock);
    LoginFailures failures = new LoginFailures(redis, limits(config.get("login-failures")));
    SigningUp signingUp =
        new SigningUp(
            database,
            members,
            mails,
            new RateLimit(redis, "sign-ups", limit(config.get("sign-ups"), "per-address")),
            passwords,
            outbox,
            log,
            clock,
            service.ids());
    EndingSessions endingSessions =
        new EndingSessions(database, members, sessions, blocking, log, clock);
    service.part(
        FirstAdmin.of(
            signingUp,
            config.get("jangteo.admin.email").asString().orElse(""),
            config.get("jangteo.admin.password").asString().orElse("")));

    database.forget("mails", MAILS_KEPT);
    database.forget("mail_tokens", MAILS_KEPT);
    MailSender sender =
        new MailSender(
            database,
            mails,
            members,
            new MailTokenMaker(mailTokens, random, clock),
            new MailTexts(
                config.get("mail.verify-link").asString().orElse(""),
                config.get("mail.reset-link").asString().orElse("")),
            new Smtp(mailServer(config.get("mail")), clock));
    service.part(
        new Recurring(
            "mail",
            config.get("mail.poll").as(Duration.class).get(),
            () -> database.readiness().ready() && sender.send()));

    TokenCheck check = TokenCheck.create(config, keys, blocks::isBlocked, clock);
    service
        .signingKeys(keys)
        .rest(
            new MembersApi(
                database,
                members,
                policy,
                signingUp,
                log,
                outbox,
                service.idempotencyKeys(),
                clock),
            new AccountApi(
                members,
                new ChangingPassword(
                    database,
                    members,
                    mails,
                    failures,
                    policy,
                    passwords,
                    endingSessions,
                    log,
                    clock),
                new Erasing(members, addresses, sessions, mails, blocking, outbox, log),
                service.idempotencyKeys()),
            new AddressesApi(
                database, members, addresses, service.idempotencyKeys(), service.ids(), clock),
            new AuthApi(
                new LoggingIn(database, members, failures, passwords, secondFactor, issuing, log),
                new Refreshing(database, members, sessions, issuing, blocking, log, clock),
                endingSessions,
                keys),
            new TotpApi(database, members, secondFactor),
            new ExportApi(database, members, addresses, endingSessions, log, clock),
            new EmailApi(
                new ProvingEmail(
                    database,
                    members,
                    mails,
                    mailTokens,
                    mailLimits(redis, config.get("mail-requests")),
                    failures,
                    policy,
                    passwords,
                    blocking,
                    outbox,
                    log,
                    clock)),
            new SigningKeysApi(
                database,
                new RotatingKeys(
                    keyTable,
                    keyMaker,
                    config.get("signing-keys.lead").as(Duration.class).get(),
                    log,
                    clock),
                service.idempotencyKeys()),
            new AdminMembersApi(
                database,
                members,
                new Suspending(members, blocking, outbox, log, clock),
                service.idempotencyKeys()))
        .grpc(
            new GatewayCheck(new BlockCheck(check, blockedTokens)),
            new AddressLookup(database, addresses));
  }

  private static Redis redis(Config config) {
    return new Redis(
        URI.create(config.get("uri").asString().get()),
        config.get("timeout").as(Duration.class).get(),
        config.get("connections").asInt().get());
  }

  private static Passwords passwords(Config config, SecureRandom random) {
    return new Passwords(
        random,
        new Argon2id.Cost(
            config.get("memory-kib").asInt().get(),
            config.get("passes").asInt().get(),
            config.get("lanes").asInt().get()),
        config.get("at-once").asInt().get(),
        config.get("patience").as(Duration.class).get());
  }

  private static RateLimit.Limit limit(Config config, String most) {
    return new RateLimit.Limit(
        config.get(most).asLong().get(), config.get("window").as(Duration.class).get());
  }

  private static MailLimits mailLimits(Redis redis, Config config) {
    return new MailLimits(redis, limit(config, "per-account"), limit(config, "per-address"));
  }

  private static Smtp.Server mailServer(Config config) {
    return new Smtp.Server(
        config.get("host").asString().get(),
        config.get("port").asInt().get(),
        config.get("username").asString().orElse(""),
        config.get("password").asString().orElse(""),
        config.get("starttls").asBoolean().get(),
        config.get("from").asString().get(),
        config.get("timeout").as(Duration.class).get());
  }

  private static LoginFailures.Limits limits(Config config) {
    return new LoginFailures.Limits(
        config.get("per-account").asLong().get(),
        config.get("per-address").asLong().get(),
        config.get("window").as(Duration.class).get());
  }

  private static AccessTokens.Profile profile(Config config) {
    return new AccessTokens.Profile(
        config.get("issuer").asString().get(),
        config.get("audience").asString().get(),
        config.get("access-token-life").as(Duration.class).get());
  }
}
